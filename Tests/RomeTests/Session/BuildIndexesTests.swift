// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Rome

/// Indexes that are built while others write, stopped, and built again.
@Suite struct BuildIndexesTests {
  /// Builds in a task that is cancelled behind the first batch, as by a crash.
  private func buildFirstBatch(_ store: any Store, _ batchSize: Int) async {
    let building = Task {
      try await Reopened(store).buildIndexes(batchSize: batchSize) { _ in withUnsafeCurrentTask { $0?.cancel() } }
    }
    await expectError(.cancelled) { _ = try await building.value }
  }

  @Test(arguments: TestStore.all)
  func `building goes on where it was stopped`(_ kind: TestStore) async throws {
    let store = try await storeOfParts(kind, 0..<25)
    _ = try await RomeSession(Reopened(store)).find(SizedPart.self, 1)
    await buildFirstBatch(store, 10)
    var progress: [IndexProgress] = []
    #expect(try await Reopened(store).buildIndexes(batchSize: 10) { progress.append($0) } == 1)
    #expect(progress.map(\.finishedRows) == [20, 25])
    #expect(progress.allSatisfy { $0.totalRows == 25 })
    #expect(try await RomeSession(Reopened(store)).find(SizedPart.size, 3).count == 1)
    // Nothing is left of the progress.
    let left = try await store.read([BuildProgress.address(of: "ix_size", table: "parts")])
    #expect(left.allSatisfy { $0 == nil })
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func `several builders share the work while writers go on`(_ kind: TestStore) async throws {
    let store = try await storeOfParts(kind, 0..<120)
    _ = try await RomeSession(Reopened(store)).find(SizedPart.self, 1)
    let built = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<2 {
        group.addTask { try await Reopened(store).buildIndexes(batchSize: 7) }
      }
      for writer in 0..<3 {
        group.addTask {
          let process = Reopened(store)
          for round in 0..<15 {
            try await RomeSession(process).transaction { session in
              session.add(PlainPart(name: "new \(writer) \(round)", size: round))
              let changed = try await session.find(PlainPart.self, 1 + (writer * 40 + round * 7) % 120)
              changed?.entityState[2] = 1000 + round
              if let gone = try await session.find(PlainPart.self, 1 + writer * 40 + 39 - round) {
                session.delete(gone)
              }
            }
          }
          return 0
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(built >= 1)
    #expect(try await Reopened(store).buildIndexes() == 0)
    let records = try await store.catalog.records(in: store)
    #expect(records["parts"]?.indexes.map(\.isReadable) == [true])
    try await expectClean(store)
  }

  /// A process in which somebody writes the row just before each batch with it, up to so many times.
  private func contended(_ store: any Store, row: Int64, times: Int, _ tries: Tries) -> Reopened {
    let address = PlainPart.schema.address(KeyEncoder.encode([.int(row)]))
    return Reopened(store) { [store] commit async throws(StoreError) in
      let isBatch = commit.checks.contains { if case .row(address, _) = $0 { true } else { false } }
      guard isBatch, tries.next() <= times else { return }
      guard let stored = try await store.read([address]).first ?? nil else { return }
      _ = try await store.commit(Commit(writes: [.putRow(address, Array(stored.bytes))]))
    }
  }

  @Test(arguments: TestStore.all)
  func `a batch with a row that changes is done again in smaller ones`(_ kind: TestStore) async throws {
    let store = try await storeOfParts(kind, 0..<40)
    _ = try await RomeSession(Reopened(store)).find(SizedPart.self, 1)
    let tries = Tries()
    var steps: [Int] = []
    let process = contended(store, row: 9, times: 6, tries)
    #expect(try await process.buildIndexes(batchSize: 16) { steps.append($0.finishedRows) } == 1)
    #expect(steps.first.map { $0 < 16 } ?? false && steps.last == 40, "\(steps)")
    #expect(tries.number == 7)
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func `a row that never rests ends the building by an error, and what was built stays`(_ kind: TestStore) async throws
  {
    let store = try await storeOfParts(kind, 0..<40)
    _ = try await RomeSession(Reopened(store)).find(SizedPart.self, 1)
    let tries = Tries()
    var steps: [Int] = []
    await expectError(.conflict) {
      try await contended(store, row: 20, times: .max, tries).buildIndexes(batchSize: 8) {
        steps.append($0.finishedRows)
      }
    }
    #expect(steps.last == 19)
    #expect(tries.number <= IndexBuilder.maximumConflicts + 16)
    steps = []
    #expect(try await Reopened(store).buildIndexes(batchSize: 8) { steps.append($0.finishedRows) } == 1)
    #expect(steps == [27, 35, 40])
    try await expectClean(store)
  }

  @Test(arguments: TestStore.all)
  func `values move between rows before and while a unique index is built`(_ kind: TestStore) async throws {
    let store = try await storeOfParts(kind, 0..<30)
    let process = Reopened(store)
    _ = try await RomeSession(process).find(NamedPart.self, 1)
    try await moveNames(process, 1, 2)
    try await expectClean(store)
    await buildFirstBatch(store, 10)
    // Between rows with entries, without them, and from one to another.
    for (first, second) in [(3, 4), (21, 22), (5, 25), (26, 6)] { try await moveNames(process, first, second) }
    await expectError(.uniqueViolation) {
      try await RomeSession(process).transaction { $0.add(NamedPart(name: "part 6")) }
    }
    #expect(try await process.buildIndexes() == 1)
    #expect(try await RomeSession(process).find(NamedPart.name, "part 24").count == 1)
    try await expectClean(store)
  }

  /// Swaps the names of two rows, and gives that of the second to a new row in place of it.
  private func moveNames(_ process: any Store, _ first: Int, _ second: Int) async throws {
    try await RomeSession(process).transaction { session in
      let one = try #require(try await session.find(NamedPart.self, first))
      let other = try #require(try await session.find(NamedPart.self, second))
      let name: String = one.entityState[1]
      one.entityState[1] = other.entityState[1] as String
      other.entityState[1] = name
    }
    try await RomeSession(process).transaction { session in
      let old = try #require(try await session.find(NamedPart.self, second))
      session.delete(old)
      session.add(NamedPart(name: old.entityState[1]))
    }
  }

  private final class Tool: Entity {
    static let schema = EntitySchema(
      table: "tools", columns: [ColumnDescription("id", Int?.self), ColumnDescription("part", String.self)],
      primaryKey: ["id"], foreignKeys: [ForeignKeyDescription(["part"], references: "parts", columns: ["name"])])
    let entityState: EntityState
    init(entityState: EntityState) { self.entityState = entityState }
    init(part: String) {
      entityState = EntityState(of: Tool.self)
      entityState[1] = part
    }
  }

  @Test(arguments: TestStore.all)
  func `a foreign key to an index that is not built says so`(_ kind: TestStore) async throws {
    let store = try await storeOfParts(kind, 0..<3)
    let process = Reopened(store)
    _ = try await RomeSession(process).find(NamedPart.self, 1)
    let early = RomeSession(process)
    early.add(Tool(part: "part 1"))
    await expectError(.invalidState) { try await early.commit() }
    try await process.buildIndexes()
    let late = RomeSession(process)
    late.add(Tool(part: "part 1"))
    try await late.commit()
    late.add(Tool(part: "part 7"))
    await expectError(.foreignKeyViolation) { try await late.commit() }
    try await expectClean(store)
  }
}

/// How often something was tried.
private final class Tries: Sendable {
  private let count = Mutex(0)

  var number: Int { count.withLock { $0 } }

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
