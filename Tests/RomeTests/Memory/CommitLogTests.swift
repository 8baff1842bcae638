// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

@Suite struct CommitLogTests {
  /// Ids of which many begin their search at the same slot, as no random ones do.
  private func id(_ random: inout SeededGenerator, _ isSpread: Bool) -> CommitID {
    isSpread
      ? CommitID(high: random.next(), low: random.next())
      : CommitID(high: random.next() & 0xFF, low: random.next() & 0xFF)
  }

  @Test(arguments: [1, 2, 7, 16, 100], [true, false])
  func `it remembers the last commits, and only those`(capacity: Int, isSpread: Bool) {
    var random = SeededGenerator(seed: UInt64(capacity))
    var log = CommitLog(capacity: capacity)
    var applied: [(id: CommitID, revision: Revision)] = []
    for number in 1...1000 as ClosedRange<UInt64> {
      let id = id(&random, isSpread)
      // The store appends no id that the log knows.
      if applied.suffix(capacity).contains(where: { $0.id == id }) { continue }
      log.append(id, Revision(rawValue: number))
      applied.removeAll { $0.id == id }
      applied.append((id, Revision(rawValue: number)))
      guard number % 10 == 0 else { continue }
      let remembered = applied.suffix(capacity)
      #expect(remembered.allSatisfy { log.revision(of: $0.id) == $0.revision }, "commit \(number)")
      #expect(applied.dropLast(capacity).suffix(200).allSatisfy { log.revision(of: $0.id) == nil }, "commit \(number)")
      #expect(log.revision(of: CommitID(high: .max, low: number)) == nil)
    }
  }
}
