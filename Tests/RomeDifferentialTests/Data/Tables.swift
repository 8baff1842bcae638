// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

/// The tables of the test.
enum Tables {
  static let people = TableModel(
    name: "people",
    columns: [
      ColumnModel(name: "id", kind: .int), ColumnModel(name: "n", kind: .int), ColumnModel(name: "t", kind: .text),
      ColumnModel(name: "d", kind: .double), ColumnModel(name: "b", kind: .bool), ColumnModel(name: "at", kind: .date),
      ColumnModel(name: "code", kind: .text), ColumnModel(name: "parent_id", kind: .int),
      ColumnModel(name: "m", kind: .int, isNullable: false),
    ],
    primaryKey: [0], foreignKeys: [ForeignKeyModel(column: 7, table: "people", onDelete: .setNull)],
    indexes: [
      .index("n"), .index("t"), .unique("code"), .index("m", .descending("d"), name: "m_d"),
      .index(.descending("b"), "t", .descending("at"), name: "b_t_at"),
    ],
    uniqueColumns: [6])

  static let orders = TableModel(
    name: "orders",
    columns: [
      ColumnModel(name: "id", kind: .int, isNullable: false), ColumnModel(name: "person_id", kind: .int),
      ColumnModel(name: "n", kind: .int), ColumnModel(name: "t", kind: .text, isNullable: false),
      ColumnModel(name: "d", kind: .double), ColumnModel(name: "slot", kind: .int),
      ColumnModel(name: "at", kind: .date),
      ColumnModel(name: "b", kind: .bool, isNullable: false),
    ],
    primaryKey: [0], foreignKeys: [ForeignKeyModel(column: 1, table: "people", onDelete: .setNull)],
    indexes: [
      .unique("n", "slot"), .index(.descending("t"), "n", name: "t_n"), .index(.descending("d"), name: "d"),
      .index("at"),
    ],
    uniqueColumns: [5])

  static let links = TableModel(
    name: "links",
    columns: [
      ColumnModel(name: "kind", kind: .text, isNullable: false),
      ColumnModel(name: "number", kind: .int, isNullable: false),
      ColumnModel(name: "person_id", kind: .int), ColumnModel(name: "order_id", kind: .int),
      ColumnModel(name: "n", kind: .int), ColumnModel(name: "t", kind: .text), ColumnModel(name: "d", kind: .double),
    ],
    primaryKey: [0, 1],
    foreignKeys: [
      ForeignKeyModel(column: 2, table: "people", onDelete: .cascade),
      ForeignKeyModel(column: 3, table: "orders", onDelete: .cascade),
    ],
    indexes: [.index("person_id", "order_id", name: "both"), .index("n", .descending("t"), name: "n_t")],
    uniqueColumns: [])

  static let all = [people, orders, links]
}

/// The entities with all indexes, by their tables.
let indexedEntities: [any Entity.Type] = [Person.self, Order.self, Link.self]
/// The entities of the same tables without an index.
let plainEntities: [any Entity.Type] = [PlainPerson.self, PlainOrder.self, PlainLink.self]

final class Person: Entity {
  static let schema = Tables.people.schema(isIndexed: true)
  static var id: Column<Person, Int?> { Column(0) }
  static var n: Column<Person, Int?> { Column(1) }
  static var t: Column<Person, String?> { Column(2) }
  static var d: Column<Person, Double?> { Column(3) }
  static var b: Column<Person, Bool?> { Column(4) }
  static var at: Column<Person, Date?> { Column(5) }
  static var code: Column<Person, String?> { Column(6) }
  static var parentID: Column<Person, Int?> { Column(7) }
  static var m: Column<Person, Int> { Column(8) }
  static var parent: ToOne<Person, Person> { ToOne("parent", Person.parentID) }
  static var children: ToMany<Person, Person> { ToMany("children", Person.parentID) }
  static var orders: ToMany<Person, Order> { ToMany("orders", Order.personID) }
  static var linkedOrders: ManyToMany<Person, Order> { ManyToMany("linkedOrders", Link.personID, Link.orderID) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  var id: Int? { entityState[0] }
}

final class Order: Entity {
  static let schema = Tables.orders.schema(isIndexed: true)
  static var id: Column<Order, Int> { Column(0) }
  static var personID: Column<Order, Int?> { Column(1) }
  static var n: Column<Order, Int?> { Column(2) }
  static var t: Column<Order, String> { Column(3) }
  static var d: Column<Order, Double?> { Column(4) }
  static var slot: Column<Order, Int?> { Column(5) }
  static var at: Column<Order, Date?> { Column(6) }
  static var b: Column<Order, Bool> { Column(7) }
  static var person: ToOne<Order, Person> { ToOne("person", Order.personID) }
  static var links: ToMany<Order, Link> { ToMany("links", Link.orderID) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
  var id: Int { entityState[0] }
}

final class Link: Entity {
  static let schema = Tables.links.schema(isIndexed: true)
  static var kind: Column<Link, String> { Column(0) }
  static var number: Column<Link, Int> { Column(1) }
  static var personID: Column<Link, Int?> { Column(2) }
  static var orderID: Column<Link, Int?> { Column(3) }
  static var n: Column<Link, Int?> { Column(4) }
  static var t: Column<Link, String?> { Column(5) }
  static var d: Column<Link, Double?> { Column(6) }
  static var person: ToOne<Link, Person> { ToOne("person", Link.personID) }
  static var order: ToOne<Link, Order> { ToOne("order", Link.orderID) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
}

final class PlainPerson: Entity {
  static let schema = Tables.people.schema(isIndexed: false)
  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
}

final class PlainOrder: Entity {
  static let schema = Tables.orders.schema(isIndexed: false)
  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
}

final class PlainLink: Entity {
  static let schema = Tables.links.schema(isIndexed: false)
  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
}
