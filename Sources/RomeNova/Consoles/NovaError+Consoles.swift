// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such console: `console_id`.
  public static let consoleNotFound = Self("ConsoleNotFound", under: .notFound)
  /// The instance has no such console: `console_id`, `instance_uuid`.
  public static let consoleNotFoundForInstance = Self("ConsoleNotFoundForInstance", under: .consoleNotFound)
  /// The instance has no console in the pool: `pool_id`, `instance_uuid`.
  public static let consoleNotFoundInPoolForInstance = Self("ConsoleNotFoundInPoolForInstance", under: .consoleNotFound)
  /// There is a pool of that type of that proxy for that host already: `host`, `console_type`, `compute_host`.
  public static let consolePoolExists = Self("ConsolePoolExists")
  /// There is no pool of that type of that proxy for that host: `host`, `console_type`, `compute_host`.
  public static let consolePoolNotFoundForHostType = Self("ConsolePoolNotFoundForHostType", under: .notFound)
}
