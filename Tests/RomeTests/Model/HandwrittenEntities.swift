// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

/// What `Pet` is with the macro, written by hand.
final class HandwrittenPet: Entity {
  static let schema = EntitySchema(
    table: "pets",
    columns: [
      ColumnDescription("id", Int?.self),
      ColumnDescription("name", String.self),
      ColumnDescription("born_at", Date?.self, property: "bornAt"),
      ColumnDescription("legs", Int16.self, constant: 4),
      ColumnDescription("address", IPAddress?.self),
      ColumnDescription("kind", Kind.self, constant: .dog),
      ColumnDescription("labels", JSON<[String: String]>.self, constant: [:]),
    ],
    primaryKey: ["id"], indexes: [.unique("name")])
  static var id: Column<HandwrittenPet, Int?> { Column(0) }
  static var name: Column<HandwrittenPet, String> { Column(1) }
  static var bornAt: Column<HandwrittenPet, Date?> { Column(2) }
  static var legs: Column<HandwrittenPet, Int16> { Column(3) }
  static var address: Column<HandwrittenPet, IPAddress?> { Column(4) }
  static var kind: Column<HandwrittenPet, Kind> { Column(5) }
  static var labels: Column<HandwrittenPet, JSON<[String: String]>> { Column(6) }

  let entityState: EntityState

  init(entityState: EntityState) {
    self.entityState = entityState
  }

  init(name: String) {
    entityState = EntityState(of: HandwrittenPet.self)
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
  var bornAt: Date? {
    get { entityState[2] }
    set { entityState[2] = newValue }
  }
  var legs: Int16 {
    get { entityState[3] }
    set { entityState[3] = newValue }
  }
  var address: IPAddress? {
    get { entityState[4] }
    set { entityState[4] = newValue }
  }
  var kind: Kind {
    get { entityState[5] }
    set { entityState[5] = newValue }
  }
  var labels: JSON<[String: String]> {
    get { entityState[6] }
    set { entityState[6] = newValue }
  }
}

/// An enum as a column.
enum Kind: String, ColumnValue, Codable {
  case dog
  case cat
}
