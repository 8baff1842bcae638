// SPDX-License-Identifier: Apache-2.0

import Rome

final class Rack: Entity {
  static let schema = EntitySchema(
    table: "racks",
    columns: [
      ColumnDescription("id", Int?.self), ColumnDescription("name", String.self),
      ColumnDescription("height", Int.self, constant: 42),
    ],
    primaryKey: ["id"], indexes: [.unique("name")])
  static var id: Column<Rack, Int?> { Column(0) }
  static var name: Column<Rack, String> { Column(1) }
  static var height: Column<Rack, Int> { Column(2) }
  static var slots: ToMany<Rack, Slot> { ToMany("slots", Slot.rackID) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(name: String) {
    entityState = EntityState(of: Rack.self)
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
  var height: Int {
    get { entityState[2] }
    set { entityState[2] = newValue }
  }
  var slots: [Slot] { get async throws { try await entityState.load(Rack.slots) } }
}

final class Slot: Entity {
  static let schema = EntitySchema(
    table: "slots",
    columns: [
      ColumnDescription("rack_id", Int.self, property: "rackID"), ColumnDescription("number", Int.self),
      ColumnDescription("label", String?.self),
    ],
    primaryKey: ["rack_id", "number"],
    foreignKeys: [ForeignKeyDescription(["rack_id"], references: "racks", onDelete: .cascade)])
  static var rackID: Column<Slot, Int> { Column(0) }
  static var number: Column<Slot, Int> { Column(1) }
  static var label: Column<Slot, String?> { Column(2) }
  static var rack: ToOne<Slot, Rack> { ToOne("rack", Slot.rackID) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  init(rack: Rack, number: Int, label: String? = nil) {
    entityState = EntityState(of: Slot.self)
    set(Slot.rack, to: rack)
    self.number = number
    self.label = label
  }
  var rackID: Int {
    get { entityState[0] }
    set { entityState[0] = newValue }
  }
  var number: Int {
    get { entityState[1] }
    set { entityState[1] = newValue }
  }
  var label: String? {
    get { entityState[2] }
    set { entityState[2] = newValue }
  }
  var rack: Rack? { get async throws { try await entityState.load(Slot.rack) } }
}
