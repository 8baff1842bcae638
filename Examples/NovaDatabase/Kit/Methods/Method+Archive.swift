// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// What moves deleted rows out of the way.
  static let archive: [Method] = [
    Method(
      "archive_deleted_rows", NovaDatabase.archiveDeletedRows, .optional("max_rows", or: nil),
      .optional("before", or: nil))
  ]

  /// What brings the rows of older releases into the form of newer ones.
  static let onlineMigrations: [Method] = [
    Method("aggregate_uuids_online_data_migration", NovaDatabase.aggregateUUIDsOnlineDataMigration, "max_count"),
    Method("computenode_uuids_online_data_migration", NovaDatabase.computenodeUUIDsOnlineDataMigration, "max_count"),
    Method("pcidevice_online_data_migration", NovaDatabase.pcideviceOnlineDataMigration, "max_count"),
    Method("service_uuids_online_data_migration", NovaDatabase.serviceUUIDsOnlineDataMigration, "max_count"),
  ]
}
