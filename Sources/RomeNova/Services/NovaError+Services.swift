// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such service: `service_id`.
  public static let serviceNotFound = Self("ServiceNotFound", under: .notFound)
  /// No service of that binary runs on that host: `host`, `binary`.
  public static let hostBinaryNotFound = Self("HostBinaryNotFound", under: .notFound)
  /// There is no such compute host: `host`.
  public static let computeHostNotFound = Self("ComputeHostNotFound", under: .notFound)
  /// A service of that binary runs on that host already: `host`, `binary`.
  public static let serviceBinaryExists = Self("ServiceBinaryExists")
  /// A service of that topic runs on that host already: `host`, `topic`.
  public static let serviceTopicExists = Self("ServiceTopicExists")
}
