// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Migrations.
  static let migrations: [Method] = [
    Method("migration_update", NovaDatabase.migrationUpdate, .named("id"), .named("values")),
    Method("migration_create", NovaDatabase.migrationCreate, "values"),
    Method("migration_get", NovaDatabase.migrationGet, .named("migration_id", "id")),
    Method("migration_get_by_uuid", NovaDatabase.migrationGetByUUID, "migration_uuid"),
    Method(
      "migration_get_by_id_and_instance", NovaDatabase.migrationGetByIDAndInstance, .named("migration_id", "id"),
      .named("instance_uuid")),
    Method(
      "migration_get_by_instance_and_status", NovaDatabase.migrationGetByInstanceAndStatus, "instance_uuid", "status"),
    Method(
      "migration_get_unconfirmed_by_dest_compute", NovaDatabase.migrationGetUnconfirmedByDestCompute, "confirm_window",
      "dest_compute"),
    Method(
      "migration_get_in_progress_by_host_and_node", NovaDatabase.migrationGetInProgressByHostAndNode, "host", "node"),
    Method(
      "migration_get_in_progress_by_instance", NovaDatabase.migrationGetInProgressByInstance, .named("instance_uuid"),
      .optional("migration_type", or: nil)),
    Method(
      "migration_get_all_by_filters", NovaDatabase.migrationGetAllByFilters, .named("filters"),
      .optional("sort_keys", or: nil), .optional("sort_dirs", or: nil), .optional("limit", or: nil),
      .optional("marker", or: nil)),
  ]
}
