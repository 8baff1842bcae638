// SPDX-License-Identifier: Apache-2.0

import Foundation
import RomeTesting
import Testing

@testable import Rome

/// Records of tables that are damaged: what can't be right is an error that names the table, never a crash.
@Suite struct CorruptRecordTests {
  /// A store with two tables, one of whose records was changed.
  private func store(_ change: (inout TableRecord) -> Void) async throws -> MemoryStore {
    let store = MemoryStore()
    let session = RomeSession(store)
    session.add(Book(isbn: "1", title: "t", author: Author(name: "a")))
    try await session.commit()
    var record = TableRecord(Book.schema)
    let address = TableRecord.address(of: "books")
    change(&record)
    _ = try await store.commit(
      Commit(writes: [.putRow(address, try record.encoded), .putRow(TableRecord.epoch, [1])]))
    return store
  }

  private static let changes: [@Sendable (inout TableRecord) -> Void] = [
    { $0.table = "authors" }, { $0.primaryKey = [] }, { $0.primaryKey = ["nothing"] }, { $0.columns = [] },
    { $0.columns.append($0.columns[0]) }, { $0.indexes[0].columns = ["nothing"] }, { $0.indexes[0].columns = [] },
    { $0.indexes[0].descending = [] }, { $0.indexes[0].descending = [true, false] },
    { $0.indexes.append($0.indexes[0]) },
    { $0.foreignKeys[0].columns = [] }, { $0.foreignKeys[0].columns = ["nothing"] },
    { $0.columns[2].fill = [] }, { $0.columns[2].fill = [2, 2] },
    { $0.columns[2].fill = KeyEncoder.encode([.int(1)]).bytes },
    { $0.columns[2].fill = KeyEncoder.encode([.null]).bytes }, { $0.columns[0].type = .json },
  ]

  @Test(arguments: 0..<changes.count)
  func `a record that can't be right is an error of its table`(number: Int) async throws {
    let store = try await store(Self.changes[number])
    await expectError(.corruptRow) { _ = try await RomeSession(Reopened(store)).query(Book.self).all() }
    await expectError(.corruptRow) { _ = try await RomeSession(Reopened(store)).query(Author.self).all() }
    await expectError(.corruptRow) { _ = try await store.verify() }
  }

  @Test func `a damaged record is an error or a record that can be used`() {
    let seed = UInt64.random(in: .min ... .max)
    print("seed of the records: \(seed)")
    var random = SeededGenerator(seed: seed)
    let whole = (try? TableRecord(Book.schema).encoded) ?? []
    let key = TableRecord.address(of: "books").key
    var (refused, read) = (0, 0)
    for _ in 0..<12_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 1...12, using: &random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
        case 1: bytes.removeSubrange(place..<end)
        case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 3: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
        default: bytes[place] = Array("0129[]{},:\"tfn-".utf8).randomElement(using: &random) ?? 0
        }
        if bytes.isEmpty { bytes = whole }
      }
      guard let record = try? TableRecord.decode(bytes[...], key: key), let schema = try? record.makeSchema() else {
        refused += 1
        continue
      }
      read += 1
      #expect(schema.problems.isEmpty, "seed \(seed)")
      #expect(throws: Never.self, "seed \(seed)") { try record.updated(for: schema, isEmpty: false) }
    }
    #expect(refused > 500 && read > 50, "both happen: \(refused) refused, \(read) read, seed \(seed)")
  }
}
