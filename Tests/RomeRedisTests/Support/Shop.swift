// SPDX-License-Identifier: Apache-2.0

import Rome

/// Something to be joined.
final class Shelf: Entity {
  static let schema = EntitySchema(
    table: "shelves", columns: [ColumnDescription("id", Int?.self), ColumnDescription("name", String.self)],
    primaryKey: ["id"], indexes: [.unique("name")])
  static var id: Column<Shelf, Int?> { Column(0) }
  static var name: Column<Shelf, String> { Column(1) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(name: String) {
    entityState = EntityState(of: Shelf.self)
    self.name = name
  }
  var id: Int? {
    get { entityState[0] }
    set { entityState[0] = newValue }
  }
  var name: String {
    get { entityState[1] }
    set { entityState[1] = newValue }
  }
}

/// Something that stands on a shelf.
final class Item: Entity {
  static let schema = EntitySchema(
    table: "items",
    columns: [
      ColumnDescription("id", Int?.self), ColumnDescription("code", String.self), ColumnDescription("price", Int.self),
      ColumnDescription("shelf_id", Int?.self, property: "shelfID"),
    ],
    primaryKey: ["id"], indexes: [.unique("code"), .index("price")],
    foreignKeys: [ForeignKeyDescription(["shelf_id"], references: "shelves", onDelete: .restrict)])
  static var id: Column<Item, Int?> { Column(0) }
  static var code: Column<Item, String> { Column(1) }
  static var price: Column<Item, Int> { Column(2) }
  static var shelfID: Column<Item, Int?> { Column(3) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(code: String, price: Int, shelfID: Int?) {
    entityState = EntityState(of: Item.self)
    self.code = code
    self.price = price
    self.shelfID = shelfID
  }
  var id: Int? {
    get { entityState[0] }
    set { entityState[0] = newValue }
  }
  var code: String {
    get { entityState[1] }
    set { entityState[1] = newValue }
  }
  var price: Int {
    get { entityState[2] }
    set { entityState[2] = newValue }
  }
  var shelfID: Int? {
    get { entityState[3] }
    set { entityState[3] = newValue }
  }
}
