// SPDX-License-Identifier: Apache-2.0

import Rome

/// A value of a list, or a member of a set.
final class HistoryItem: Entity {
  static let schema = EntitySchema(
    table: "history_items",
    columns: [
      ColumnDescription("id", Int?.self), ColumnDescription("key", String.self),
      ColumnDescription("position", Int.self), ColumnDescription("value", Int.self),
    ], primaryKey: ["id"], indexes: [.index("key", "position")])
  static var id: Column<HistoryItem, Int?> { Column(0) }
  static var key: Column<HistoryItem, String> { Column(1) }
  static var position: Column<HistoryItem, Int> { Column(2) }
  static var value: Column<HistoryItem, Int> { Column(3) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(key: String, position: Int, value: Int) {
    entityState = EntityState(of: HistoryItem.self)
    entityState[1] = key
    entityState[2] = position
    entityState[3] = value
  }
  var position: Int { entityState[2] }
  var value: Int { entityState[3] }
}

/// A register, or an account.
final class HistoryRegister: Entity {
  static let schema = EntitySchema(
    table: "history_registers",
    columns: [ColumnDescription("name", String.self), ColumnDescription("value", Int.self)], primaryKey: ["name"])
  static var name: Column<HistoryRegister, String> { Column(0) }
  static var value: Column<HistoryRegister, Int> { Column(1) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(name: String, value: Int) {
    entityState = EntityState(of: HistoryRegister.self)
    entityState[0] = name
    entityState[1] = value
  }
  var value: Int {
    get { entityState[1] }
    set { entityState[1] = newValue }
  }
}

/// A name that is claimed.
final class HistoryClaim: Entity {
  static let schema = EntitySchema(
    table: "history_claims",
    columns: [
      ColumnDescription("id", Int?.self), ColumnDescription("name", String.self),
      ColumnDescription("client", Int.self),
    ], primaryKey: ["id"], indexes: [.unique("name")])
  static var name: Column<HistoryClaim, String> { Column(1) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(name: String, client: Int) {
    entityState = EntityState(of: HistoryClaim.self)
    entityState[1] = name
    entityState[2] = client
  }
}
