// SPDX-License-Identifier: Apache-2.0

import Rome

/// Something with indexes.
final class Part: Entity {
  static let schema = EntitySchema(
    table: "parts",
    columns: [
      ColumnDescription("id", Int?.self), ColumnDescription("code", String.self), ColumnDescription("size", Int.self),
    ],
    primaryKey: ["id"], indexes: [.unique("code"), .index("size")])
  static var code: Column<Part, String> { Column(1) }
  static var size: Column<Part, Int> { Column(2) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(code: String, size: Int) {
    entityState = EntityState(of: Part.self)
    entityState[1] = code
    entityState[2] = size
  }
  var size: Int {
    get { entityState[2] }
    set { entityState[2] = newValue }
  }
}
