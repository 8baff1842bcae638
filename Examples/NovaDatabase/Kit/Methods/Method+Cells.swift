// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Cells.
  static let cells: [Method] = [
    Method("cell_create", NovaDatabase.cellCreate, "values"),
    Method("cell_update", NovaDatabase.cellUpdate, "cell_name", "values"),
    Method("cell_delete", NovaDatabase.cellDelete, "cell_name"),
    Method("cell_get", NovaDatabase.cellGet, "cell_name"),
    Method("cell_get_all", NovaDatabase.cellGetAll),
  ]
}
