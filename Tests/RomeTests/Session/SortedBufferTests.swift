// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

@Suite struct SortedBufferTests {
  /// Around the number of elements at which the list becomes a tree, and far from it.
  @Test(arguments: [8, 2400, 4000])
  func `it does what a sorted dictionary does`(keyCount: Int) {
    var random = SeededGenerator(seed: UInt64(keyCount))
    var buffer = SortedBuffer<Int>()
    var model: [Key: Int] = [:]
    func key() -> Key { KeyEncoder.encode(.int(Int64.random(in: 0..<Int64(keyCount), using: &random))) }
    for step in 0..<(keyCount * 4) {
      let key = key()
      // Four of five are there in the end, so that the buffer grows beyond the list and shrinks again.
      let new = random.chance(step < keyCount * 3 ? 0.9 : 0.1) ? step : nil
      let old = buffer.update(key) { found in
        #expect(found == model[key])
        return new
      }
      #expect(old == model[key])
      model[key] = new
      #expect(buffer[key] == new)
      #expect(buffer.count == model.count && buffer.isEmpty == model.isEmpty)
      guard step % max(1, keyCount / 4) == 0 else { continue }
      let (first, second) = (KeyEncoder.encode(.int(Int64(keyCount / 4))), KeyEncoder.encode(.int(Int64(keyCount / 2))))
      for range in [KeyRange.all, KeyRange(lower: first, upper: second), KeyRange(lower: second, upper: nil)] {
        let expected = model.filter { !($0.key < range.lower) && range.upper.map($0.key.precedes) ?? true }
          .sorted { $0.key < $1.key }
        let found = buffer.all(in: range)
        #expect(found.map(\.key) == expected.map(\.key))
        #expect(found.map(\.element) == expected.map(\.value))
      }
    }
    #expect(buffer.all.map(\.key) == model.keys.sorted())
  }

  @Test func `a transaction of many rows reads what it has staged, and commits it`() async throws {
    let store = MemoryStore()
    let count = 2 * SortedBuffer<Int>.maximumList
    try await RomeSession(store).transaction { session in
      // The titles and prices are in another order than the keys, so entries come at random places.
      session.addAll((0..<count).map { Book(title: "\($0)", price: $0 * 7919 % count) })
      #expect(try await session.query(Book.self).filter(Book.price < 10).count() == 10)
      try await session.query(Book.self).filter(Book.price >= 10, Book.price < 20).delete()
      #expect(try await session.query(Book.self).count() == count - 10)
    }
    let session = RomeSession(store)
    #expect(
      try await session.query(Book.self).order(by: Book.price).limit(20).all().map(\.price) == Array(0..<10)
        + Array(20..<30))
    try await expectClean(store)
  }
}

extension Key {
  fileprivate func precedes(_ other: Key) -> Bool { self < other }
}
