// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// Pages over many equal values: whatever the order and the access paths are, the pages have all rows, each once.
@Suite struct KeysetPageTests {
  private func session(_ kind: TestStore, _ random: inout SeededGenerator) async throws -> RomeSession {
    let session = RomeSession(try await kind.make())
    for shelf in 1...4 {
      for number in 1...12 {
        session.add(
          Part(
            shelf: shelf, number: number, name: ["a", "b", nil].randomElement(using: &random) ?? nil,
            weight: [1, 2, nil].randomElement(using: &random) ?? nil, made: Int.random(in: 1...3, using: &random)))
      }
    }
    try await session.commit()
    return session
  }

  private func pages(_ query: RomeQuery<Part>, of size: Int) async throws -> [[Int]] {
    var keys: [[Int]] = []
    var last: Part?
    repeat {
      let page = try await (last.map { query.after($0) } ?? query).limit(size).all()
      keys += page.map(\.key)
      last = page.last
    } while last != nil && keys.count < 100
    return keys
  }

  @Test(arguments: TestStore.all)
  func pagesThatAnIndexGivesBackwardFitTogether(_ kind: TestStore) async throws {
    var random = SeededGenerator(seed: 1)
    let session = try await session(kind, &random)
    let query = session.query(Part.self).order(by: Part.weight.descending)
    let keys = try await pages(query, of: 5)
    #expect(keys.count == 48 && Set(keys).count == 48)
    let plan = try await query.limit(5).explain()
    #expect(plan.accesses.first?.index == "ix_weight")
    #expect(plan.statistics.rowsRead <= 6, "the tie breaker costs no sort of the table")
  }

  @Test(arguments: TestStore.all)
  func aDescendingIndexGivesPagesWithoutSorting(_ kind: TestStore) async throws {
    var random = SeededGenerator(seed: 2)
    let session = try await session(kind, &random)
    let query = session.query(Part.self).order(by: Part.made.descending, Part.name)
    #expect(Set(try await pages(query, of: 7)).count == 48)
    #expect(try await query.limit(7).explain().statistics.rowsRead <= 8)
  }

  @Test(arguments: TestStore.all)
  func anIndexThatHasAColumnOfThePrimaryKeyGivesPagesWithoutSorting(_ kind: TestStore) async throws {
    var random = SeededGenerator(seed: 3)
    let session = try await session(kind, &random)
    let query = session.query(Part.self).filter(Part.shelf == 2).order(by: Part.made.descending)
    let keys = try await pages(query, of: 5)
    #expect(keys.count == 12 && Set(keys).count == 12)
    #expect(try await query.limit(5).explain().statistics.rowsRead <= 6)
  }

  @Test(arguments: TestStore.all, 1...60 as ClosedRange<UInt64>)
  func randomOrdersAndConditionsGiveAllRowsOnce(_ kind: TestStore, _ seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let session = try await session(kind, &random)
    var query = session.query(Part.self)
    let conditions = [
      Part.shelf == 2, Part.weight == 1, Part.weight > 1, Part.name == nil, Part.name.in(["a", "b"]), Part.made != 2,
      Part.made.in([1, 3]), Part.weight == 2 || Part.name == "a",
    ]
    for condition in conditions where Int.random(in: 0..<4, using: &random) == 0 { query = query.filter(condition) }
    var keys: [OrderKey] = [Part.weight.ascending, Part.name.ascending, Part.made.ascending, Part.shelf.ascending]
    keys.shuffle(using: &random)
    for key in keys.prefix(Int.random(in: 1...3, using: &random)) {
      var key = OrderKey(key.node, descending: Bool.random(using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0: key = key.nullsFirst
      case 1: key = key.nullsLast
      default: break
      }
      query = query.order(by: key)
    }
    let whole = try await query.all().map(\.key)
    let withoutIndexes = try await query.changing { $0.usesIndexes = false }.all().map(\.key)
    #expect(whole == withoutIndexes, "seed \(seed)")
    let paged = try await pages(query, of: Int.random(in: 1...6, using: &random))
    #expect(paged == whole, "seed \(seed)")
    #expect(try await query.count() == whole.count, "seed \(seed)")
  }
}
