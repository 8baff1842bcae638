// SPDX-License-Identifier: Apache-2.0

import Rome

/// A row with a composite primary key whose first column is in an index, too, and indexes of several shapes.
final class Part: Entity {
  static let schema = EntitySchema(
    table: "parts",
    columns: [
      ColumnDescription("shelf", Int.self), ColumnDescription("number", Int.self),
      ColumnDescription("name", String?.self),
      ColumnDescription("weight", Int?.self), ColumnDescription("made", Int.self),
    ],
    primaryKey: ["shelf", "number"],
    indexes: [
      .index("weight"), .index("shelf", "made"), .index("name", "weight"),
      IndexDescription([.init("made", descending: true), .init("name")]),
    ])
  static var shelf: Column<Part, Int> { Column(0) }
  static var number: Column<Part, Int> { Column(1) }
  static var name: Column<Part, String?> { Column(2) }
  static var weight: Column<Part, Int?> { Column(3) }
  static var made: Column<Part, Int> { Column(4) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(shelf: Int, number: Int, name: String?, weight: Int?, made: Int) {
    entityState = EntityState(of: Part.self)
    entityState[0] = shelf
    entityState[1] = number
    entityState[2] = name
    entityState[3] = weight
    entityState[4] = made
  }

  var shelf: Int { entityState[0] }
  var number: Int { entityState[1] }
  var weight: Int? { entityState[3] }
  var made: Int { entityState[4] }
  /// What tells the part from all others.
  var key: [Int] { [shelf, number] }
}
