// SPDX-License-Identifier: Apache-2.0

import Rome

/// A number that is counted up.
final class Tally: Entity {
  static let schema = EntitySchema(
    table: "tallies", columns: [ColumnDescription("id", Int?.self), ColumnDescription("count", Int.self)],
    primaryKey: ["id"], indexes: [.index("count")])
  static var id: Column<Tally, Int?> { Column(0) }
  static var count: Column<Tally, Int> { Column(1) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(count: Int = 0) {
    entityState = EntityState(of: Tally.self)
    self.count = count
  }
  var id: Int? {
    get { entityState[0] }
    set { entityState[0] = newValue }
  }
  var count: Int {
    get { entityState[1] }
    set { entityState[1] = newValue }
  }
}
