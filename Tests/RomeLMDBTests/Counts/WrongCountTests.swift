// SPDX-License-Identifier: Apache-2.0

import Rome
import Testing

@testable import RomeLMDB

/// Counts that another program has changed: `verify()` finds them, `repair()` mends them.
@Suite struct WrongCountTests {
  private let spaces: [KeySpace] = [.rows("parts"), .index("uq_code", of: "parts"), .index("ix_size", of: "parts")]

  /// A closed file with 40 parts, of four sizes.
  private func filled() async throws -> TestFile {
    let file = TestFile()
    let session = RomeSession(try file.open())
    for number in 0..<40 { session.add(Part(code: "part \(number)", size: number % 4)) }
    try await session.commit()
    return file
  }

  /// Changes the count of a space in a closed file; nil removes it.
  private func damage(_ file: TestFile, _ space: KeySpace, _ value: [UInt8]?) throws {
    try RawFile.write(file) { raw throws(StoreError) in
      let number = try raw.meta.get(try MetaKey.space(space)).flatMap { UInt64(bytes: $0) } ?? 0
      let key = MetaKey.size(UInt32(number))
      let before = try raw.meta.get(key)
      #expect(before == UInt64(40).bytes)
      if let value { try raw.meta.put(key, value) } else { try raw.meta.delete(key) }
    }
  }

  private func counts(_ store: LMDBStore) async throws -> [Int] {
    try await store.scan(spaces.map { Scan($0, fetch: .count) }).map(\.count)
  }

  @Test(arguments: [UInt64(7).bytes, UInt64(41).bytes, UInt64(Int64.max).bytes, nil, [1, 2, 3], UInt64.max.bytes])
  func `a count that is wrong is found and mended`(value: [UInt8]?) async throws {
    let file = try await filled()
    for space in [spaces[0], spaces[2]] { try damage(file, space, value) }
    let store = try file.open()
    let report = try await store.verify()
    #expect(report.problems.map(\.kind) == [.wrongCount, .wrongCount], "\(report)")
    #expect(report.problems.map(\.name) == [nil, "ix_size"] && report.rowCount == 40, "\(report)")
    let repair = try await store.repair()
    #expect(repair.isClean && repair.repaired == report.problems, "\(repair)")
    #expect(try await counts(store) == [40, 40, 40])
    #expect(try await store.verify().isClean)
    #expect(try await RomeSession(store).query(Part.self).count() == 40)
  }

  @Test func `counts of all are those that are kept, and of a part those of a walk`() async throws {
    let file = try await filled()
    for space in spaces { try damage(file, space, UInt64(7).bytes) }
    let store = try file.open()
    #expect(try await counts(store) == [7, 7, 7])
    let index = spaces[2]
    let all = try await store.scan([Scan(index)])[0].entries.map(\.key)
    let (first, last) = (try #require(all.first), try #require(all.last))
    let ranges = [
      // All of them, or more.
      KeyRange(lower: first, upper: nil), KeyRange(lower: .first, upper: last.next),
      KeyRange(lower: first, upper: KeyRange.successor(ofPrefix: [255])),
      // All but one.
      KeyRange(lower: first.next, upper: nil), KeyRange(lower: .first, upper: last),
      KeyRange(lower: first.next, upper: last.next), KeyRange(lower: first.next, upper: last),
      KeyRange(lower: last, upper: nil), KeyRange(lower: last.next, upper: nil),
    ]
    let pages = try await store.scan(ranges.map { Scan(index, $0, fetch: .count) })
    #expect(pages.map(\.count) == [7, 7, 7, 39, 39, 39, 38, 1, 0])
    #expect(try await RomeSession(store).query(Part.self).count() == 7)
    #expect(try await RomeSession(store).query(Part.self).filter(Part.size == 2).count() == 10)
  }

  @Test func `a count that is too small keeps nobody from deleting`() async throws {
    let file = try await filled()
    for space in spaces { try damage(file, space, UInt64(7).bytes) }
    let store = try file.open()
    let session = RomeSession(store)
    for part in try await session.query(Part.self).all() { session.delete(part) }
    try await session.commit()
    #expect(try await counts(store) == [0, 0, 0])
    #expect(try await store.verify().isClean)
  }

  @Test func `a count that can't be read is an error, until it is mended`() async throws {
    let file = try await filled()
    try damage(file, spaces[0], [1])
    let store = try file.open()
    let write = Commit(writes: [.putRow(RowAddress(table: "parts", key: Key([255])), [])])
    await #expect { _ = try await counts(store) } throws: { ($0 as? StoreError)?.code == .corrupt }
    await #expect { _ = try await store.commit(write) } throws: { ($0 as? StoreError)?.code == .corrupt }
    #expect(try await store.repair().isClean)
    #expect(try await counts(store) == [40, 40, 40])
  }

  @Test func `what is right is not mended, nor what is none of this store`() async throws {
    let store = try await filled().open()
    for kind in LayoutProblem.Kind.allCases {
      for space in spaces + [.rows("nowhere")] {
        #expect(try await !store.mendLayout(LayoutProblem(kind, space: space, key: .first)), "\(kind) \(space)")
      }
    }
  }

  @Test func `a changed row, a deleted row and a dropped index leave right counts`() async throws {
    let file = try await filled()
    var store = try file.open()
    let session = RomeSession(store)
    for part in try await session.query(Part.self).filter(Part.size == 3).all() {
      part.size = 9
    }
    let gone = try await session.query(Part.self).filter(Part.size == 1).all()
    for part in gone { session.delete(part) }
    try await session.commit()
    #expect(try await counts(store) == [30, 30, 30])
    #expect(try await store.verify().isClean)
    store = try file.open()
    #expect(try await store.dropIndex("ix_size", of: "parts", batchSize: 7).removedEntries == 30)
    #expect(try await counts(store) == [30, 30, 0])
    #expect(try await store.verify().isClean)
  }
}
