// SPDX-License-Identifier: Apache-2.0

import RomeNova

/// The columns that not all releases of Nova have. Clients compare whole rows, so a row shows those of its release.
enum ReleaseColumns {
  /// Whether a table has a column in a release.
  static func has(_ table: String, _ column: String, _ release: NovaRelease) -> Bool {
    if let since = added[table]?[column], release < since { return false }
    if let last = removed[table]?[column], release > last { return false }
    return true
  }

  /// The release that brought a column.
  private static let added: [String: [String: NovaRelease]] = [
    "block_device_mapping": ["tag": .ocata, "uuid": .train, "volume_type": .train, "attachment_id": .train],
    "compute_nodes": ["mapped": .train],
    "console_auth_tokens": ["access_url_base": .train],
    "instance_extra": [
      "device_metadata": .ocata, "keypairs": .ocata, "trusted_certs": .train, "resources": .train,
    ],
    "instances": ["hidden": .train],
    "migrations": ["uuid": .train, "cross_cell_move": .train, "user_id": .train, "project_id": .train],
    "pci_devices": ["uuid": .train],
    "services": ["uuid": .train],
    "virtual_interfaces": ["tag": .ocata],
  ]

  /// The last release that has a column.
  private static let removed: [String: [String: NovaRelease]] = ["instances": ["internal_id": .mitaka]]
}
