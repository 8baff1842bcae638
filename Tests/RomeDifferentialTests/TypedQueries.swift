// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Rome

/// A query in the public interface and what it is in SQL.
struct TypedQuery: Sendable, CustomTestStringConvertible {
  let sql: String
  /// Whether the rows have one possible order.
  let isOrdered: Bool
  let run: @Sendable (RomeSession) async throws -> [[Value]]

  var testDescription: String { sql }

  init(_ sql: String, isOrdered: Bool = true, _ run: @escaping @Sendable (RomeSession) async throws -> [[Value]]) {
    self.sql = sql
    self.isOrdered = isOrdered
    self.run = run
  }
}

/// A row of a result.
func row(_ values: (any ColumnValue)?...) -> [Value] {
  values.map { ($0?.value ?? .null).normalised }
}

extension TypedQuery {
  static let all = filters + relationships + joins + groups + subqueries + unions + pages

  static let filters = [
    TypedQuery("SELECT id FROM people WHERE n > 0 AND (t = 'a' OR t IS NULL) ORDER BY id") { session in
      try await session.query(Person.self).filter(Person.n > 0, Person.t == "a" || Person.t == nil).order(by: Person.id)
        .all().map { row($0.id) }
    },
    TypedQuery("SELECT id FROM people WHERE NOT (n = 1) ORDER BY id DESC LIMIT 5 OFFSET 1") { session in
      try await session.query(Person.self).filter(!(Person.n == 1)).order(by: Person.id.descending).limit(5).offset(1)
        .all().map { row($0.id) }
    },
    TypedQuery("SELECT id FROM orders WHERE n = 1 AND t = 'a' ORDER BY id") { session in
      try await session.query(Order.self).filter(by: ["n": 1, "t": "a"]).order(by: "id").all().map { row($0.id) }
    },
    TypedQuery("SELECT id FROM people WHERE d IS NULL ORDER BY id") { session in
      try await session.query(Person.self).filter(by: ["d": nil]).order(by: Person.id).all().map { row($0.id) }
    },
    TypedQuery("SELECT id FROM orders WHERE t >= 'a' AND t < 'b' ORDER BY t DESC NULLS LAST, id") { session in
      try await session.query(Order.self).filter(Order.t >= "a" && Order.t < "b").order(
        by: Order.t.descending.nullsLast, Order.id
      )
      .all().map { row($0.id) }
    },
    TypedQuery("SELECT id FROM people WHERE b AND n NOT IN (1, 2, NULL) ORDER BY id") { session in
      try await session.query(Person.self).filter(Condition(Person.b), Person.n.notIn([1, 2, nil])).order(by: Person.id)
        .all().map { row($0.id) }
    },
    TypedQuery("SELECT id FROM people WHERE n + m > 3 OR n / 0 IS NULL AND d * 2.0 < 1.0 ORDER BY id") { session in
      let isGreat = Person.n + Person.m > 3
      let isNothing = Person.n / 0 == nil
      let isSmall = Person.d * 2.0 < 1.0
      return try await session.query(Person.self).filter(isGreat || (isNothing && isSmall)).order(by: Person.id).all()
        .map { row($0.id) }
    },
    TypedQuery("SELECT count(*) FROM people WHERE t LIKE 'a%'") { session in
      [row(try await session.query(Person.self).filter(Person.t.like("a%")).count())]
    },
    TypedQuery("SELECT EXISTS (SELECT 1 FROM people WHERE n = 7)") { session in
      [row(try await session.query(Person.self).filter(Person.n == 7).exists())]
    },
    TypedQuery(
      "SELECT CASE WHEN n > 2 THEN 'many' WHEN n > 0 THEN t ELSE 'none' END, coalesce(d, 0.5), length(t), t || '!' "
        + "FROM orders ORDER BY id"
    ) { session in
      let size = Case<String>().when(Order.n > 2, then: "many").when(Order.n > 0, then: Order.t).else("none")
      let called = concat(Order.t, constant("!"))
      let rows = try await session.select(size, coalesce(Order.d, 0.5), Order.t.length, called).order(by: Order.id)
        .all()
      return rows.map { row($0.0, $0.1, $0.2, $0.3) }
    },
  ]

  static let relationships = [
    TypedQuery(
      "SELECT id FROM people WHERE EXISTS (SELECT 1 FROM orders WHERE person_id = people.id AND n > 0) ORDER BY id"
    ) { session in
      try await session.query(Person.self).filter(Person.orders.any(Order.n > 0)).order(by: Person.id)
        .all().map { row($0.id) }
    },
    TypedQuery("SELECT id FROM people WHERE NOT EXISTS (SELECT 1 FROM orders WHERE person_id = people.id) ORDER BY id")
    {
      session in
      try await session.query(Person.self).filter(Person.orders.isEmpty).order(by: Person.id).all().map { row($0.id) }
    },
    TypedQuery(
      "SELECT id FROM people WHERE EXISTS (SELECT 1 FROM people p WHERE p.id = people.parent_id AND p.t = 'a') ORDER BY id"
    ) { session in
      try await session.query(Person.self).filter(Person.parent.has(Person.t == "a")).order(by: Person.id)
        .all().map { row($0.id) }
    },
    TypedQuery(
      "SELECT id FROM people WHERE EXISTS (SELECT 1 FROM people c WHERE c.parent_id = people.id AND c.m > 0) ORDER BY id"
    ) { session in
      try await session.query(Person.self).filter(Person.children.any(Person.m > 0)).order(by: Person.id)
        .all().map { row($0.id) }
    },
    TypedQuery(
      """
      SELECT id FROM people WHERE NOT EXISTS (SELECT 1 FROM links JOIN orders ON orders.id = links.order_id \
      WHERE links.person_id = people.id AND orders.b) ORDER BY id
      """
    ) { session in
      try await session.query(Person.self).filter(!Person.linkedOrders.any(Condition(Order.b))).order(by: Person.id)
        .all().map { row($0.id) }
    },
    TypedQuery(
      """
      SELECT id FROM people WHERE EXISTS (SELECT 1 FROM orders WHERE person_id = people.id AND EXISTS \
      (SELECT 1 FROM links WHERE order_id = orders.id AND n = 1)) OR t IS NULL ORDER BY id
      """
    ) { session in
      try await session.query(Person.self).filter(Person.orders.any(Order.links.any(Link.n == 1)) || Person.t == nil)
        .order(by: Person.id).all().map { row($0.id) }
    },
    TypedQuery(
      "SELECT orders.id, people.id FROM orders LEFT JOIN people ON people.id = orders.person_id ORDER BY orders.id"
    ) { session in
      let rows = try await session.query(Order.self).outerJoin(Order.person).order(by: Order.id).all()
      return rows.map { row($0.0.id, $0.1?.id) }
    },
    TypedQuery(
      """
      SELECT people.id, orders.id FROM people JOIN links ON links.person_id = people.id JOIN orders ON orders.id = links.order_id \
      WHERE people.m > 0
      """, isOrdered: false
    ) { session in
      let rows = try await session.query(Person.self).join(Person.linkedOrders).filter(Person.m > 0).all()
      return rows.map { row($0.0.id, $0.1.id) }
    },
    TypedQuery("SELECT c.id, p.id FROM people c JOIN people p ON p.id = c.parent_id ORDER BY c.id") { session in
      let parent = Alias<Person>("parent")
      let rows = try await session.query(Person.self).join(Person.parent, as: parent).order(by: Person.id).all()
      return rows.map { row($0.0.id, $0.1.id) }
    },
  ]

  static let joins = [
    TypedQuery(
      "SELECT a.id, b.id FROM people a JOIN people b ON a.n = b.n AND a.id < b.id ORDER BY a.id, b.id"
    ) { session in
      let (a, b) = (Alias<Person>("a"), Alias<Person>("b"))
      let rows = try await session.query(a).join(b, on: a.n == b.n && a.id < b.id).order(by: a.id, b.id).all()
      return rows.map { row($0.0.id, $0.1.id) }
    },
    TypedQuery(
      """
      SELECT people.id, orders.id, links.number FROM people LEFT JOIN orders ON orders.person_id = people.id \
      LEFT JOIN links ON links.order_id = orders.id AND links.t = people.t WHERE people.m < 3
      """, isOrdered: false
    ) { session in
      let orders = session.query(Person.self).outerJoin(Order.self, on: Order.personID == Person.id)
      let links = orders.outerJoin(Link.self, on: Link.orderID == Order.id && Link.t == Person.t)
      let rows = try await links.filter(Person.m < 3).select(Person.id, Order.id.nullable, Link.number.nullable).all()
      return rows.map { row($0.0, $0.1, $0.2) }
    },
    TypedQuery(
      "SELECT orders.id, links.kind FROM orders, links WHERE orders.n = links.n AND links.t > orders.t",
      isOrdered: false
    ) {
      session in
      let rows = try await session.select(Order.id, Link.kind).filter(Order.n == Link.n, Link.t > Order.t).all()
      return rows.map { row($0.0, $0.1) }
    },
    TypedQuery(
      "SELECT people.id FROM people LEFT JOIN orders ON orders.person_id = people.id WHERE orders.id IS NULL ORDER BY people.id"
    ) { session in
      let rows = try await session.query(Person.self).outerJoin(Person.orders).filter(Order.id == nil).order(
        by: Person.id
      ).all()
      return rows.map { row($0.0.id) }
    },
  ]

  static let groups = [
    TypedQuery("SELECT n, count(*), sum(m), avg(d), min(t), max(at) FROM people GROUP BY n ORDER BY n") { session in
      let rows = try await session.select(
        Person.n, count(), Person.m.sum(), Person.d.average(), Person.t.min(), Person.at.max()
      )
      .group(by: Person.n).order(by: Person.n).all()
      return rows.map { row($0.0, $0.1, $0.2, $0.3, $0.4, $0.5) }
    },
    TypedQuery("SELECT t, b, count(DISTINCT n) FROM orders GROUP BY t, b HAVING count(*) > 1 ORDER BY t, b DESC") {
      session in
      let rows = try await session.select(Order.t, Order.b, Order.n.count(distinct: true)).group(by: Order.t, Order.b)
        .having(count() > 1).order(by: Order.t, Order.b.descending).all()
      return rows.map { row($0.0, $0.1, $0.2) }
    },
    TypedQuery("SELECT count(*), sum(n), avg(n), max(d) FROM links WHERE n > 100") { session in
      let rows = try await session.select(count(), Link.n.sum(), Link.n.average(), Link.d.max()).filter(Link.n > 100)
        .all()
      return rows.map { row($0.0, $0.1, $0.2, $0.3) }
    },
    TypedQuery(
      """
      SELECT people.t, count(orders.id) FROM people LEFT JOIN orders ON orders.person_id = people.id \
      GROUP BY people.t ORDER BY 2 DESC, 1
      """
    ) { session in
      let rows = try await session.query(Person.self).outerJoin(Person.orders).select(Person.t, Order.id.count()).group(
        by: Person.t
      )
      .order(by: Order.id.count().descending, Person.t).all()
      return rows.map { row($0.0, $0.1) }
    },
    TypedQuery("SELECT DISTINCT n, b FROM people ORDER BY n DESC, b") { session in
      let rows = try await session.select(Person.n, Person.b).distinct().order(by: Person.n.descending, Person.b).all()
      return rows.map { row($0.0, $0.1) }
    },
  ]

  static let subqueries = [
    TypedQuery("SELECT id FROM people WHERE id IN (SELECT person_id FROM orders WHERE n > 0) ORDER BY id") { session in
      let buyers = session.select(Order.personID).filter(Order.n > 0)
      return try await session.query(Person.self).filter(Person.id.in(buyers)).order(by: Person.id).all().map {
        row($0.id)
      }
    },
    TypedQuery("SELECT id FROM people WHERE n NOT IN (SELECT n FROM links WHERE person_id = people.id) ORDER BY id") {
      session in
      let numbers = session.select(Link.n).filter(Link.personID == Person.id)
      return try await session.query(Person.self).filter(Person.n.notIn(numbers)).order(by: Person.id).all()
        .map { row($0.id) }
    },
    TypedQuery("SELECT id, (SELECT max(n) FROM orders WHERE person_id = people.id) FROM people ORDER BY id") {
      session in
      let most = session.select(Order.n.max()).filter(Order.personID == Person.id)
      let rows = try await session.query(Person.self).select(Person.id, scalar(most)).order(by: Person.id).all()
      return rows.map { row($0.0, $0.1) }
    },
    TypedQuery("SELECT id FROM orders WHERE EXISTS (SELECT 1 FROM people WHERE people.t = orders.t) ORDER BY id") {
      session in
      let namesakes = session.query(Person.self).filter(Person.t == Order.t)
      return try await session.query(Order.self).filter(exists(namesakes)).order(by: Order.id).all().map { row($0.id) }
    },
  ]

  static let unions = [
    TypedQuery("SELECT t FROM people WHERE n > 0 UNION SELECT t FROM orders ORDER BY 1 DESC LIMIT 6") { session in
      let names = session.select(Person.t).filter(Person.n > 0)
      return try await names.union(session.select(Order.t.nullable)).order(by: Person.t.descending).limit(6).all()
        .map { row($0) }
    },
    TypedQuery("SELECT n, 1 FROM people UNION ALL SELECT n, 2 FROM orders", isOrdered: false) { session in
      let rows = try await session.select(Person.n, constant(1)).unionAll(session.select(Order.n, constant(2))).all()
      return rows.map { row($0.0, $0.1) }
    },
    TypedQuery("SELECT id FROM people WHERE n = 1 UNION SELECT id FROM people WHERE t = 'a' ORDER BY 1") { session in
      let first = session.query(Person.self).filter(Person.n == 1)
      return try await first.union(session.query(Person.self).filter(Person.t == "a")).order(by: Person.id).all()
        .map { row($0.id) }
    },
  ]

  static let pages = [
    TypedQuery("SELECT id FROM people ORDER BY n DESC NULLS LAST, t, id") { session in
      let sorted = session.query(Person.self).order(by: Person.n.descending.nullsLast, Person.t, Person.id).limit(4)
      var found = try await sorted.all()
      while let last = found.last {
        let page = try await sorted.after(last).all()
        if page.isEmpty { break }
        found += page
      }
      return found.map { row($0.id) }
    },
    TypedQuery("SELECT id FROM orders WHERE b ORDER BY t, id") { session in
      var found: [[Value]] = []
      let query = session.query(Order.self).filter(Condition(Order.b)).order(by: Order.t, Order.id)
      for try await order in query.stream(batchSize: 3) { found.append(row(order.id)) }
      return found
    },
    TypedQuery("SELECT id FROM orders ORDER BY d DESC, id LIMIT 1") { session in
      try await session.query(Order.self).order(by: Order.d.descending, Order.id).first().map { [row($0.id)] } ?? []
    },
  ]
}
