// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such migration: `migration_id`.
  public static let migrationNotFound = Self("MigrationNotFound", under: .notFound)
  /// No migration of the instance has that status: `instance_id`, `status`.
  public static let migrationNotFoundByStatus = Self("MigrationNotFoundByStatus", under: .migrationNotFound)
  /// There is no such migration of the instance: `migration_id`, `instance_id`.
  public static let migrationNotFoundForInstance = Self("MigrationNotFoundForInstance", under: .migrationNotFound)
}
