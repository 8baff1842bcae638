// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

@testable import TortureKit

/// What is made of the lines that clients write.
struct RecordingTests {
  private func line(
    _ kind: ClientLine.Kind, _ client: Int, at time: Int, _ change: (inout ClientLine) -> Void = { _ in }
  ) -> ClientLine {
    var line = ClientLine(kind, client)
    line.time = time
    change(&line)
    return line
  }

  @Test func `lines of two clients are two transactions`() throws {
    let transactions = RecordedTransaction.all(of: [
      line(.begin, 1, at: 1) {
        $0.value = 7
        $0.lists = ["0.a"]
      },
      line(.begin, 2, at: 2),
      line(.commit, 1, at: 3) { $0.commit = [1, .max] },
      line(.end, 2, at: 4) {
        $0.outcome = .aborted
        $0.failure = "conflict"
      },
      line(.end, 1, at: 5) {
        $0.outcome = .committed
        $0.seen = ["0.a": [1, 2]]
        $0.isDoubted = true
      },
    ])
    let first = try #require(transactions.first { $0.client == 1 })
    #expect(first.isAcknowledged)
    #expect(first.isDoubted)
    #expect(first.commit == CommitID(high: 1, low: .max))
    #expect(first.seen == ["0.a": [1, 2]])
    #expect((first.start, first.end) == (1, 5))
    #expect(first.history(number: 3).steps == [.list("0.a", [1, 2]), .append(7, to: "0.a")])
    let second = try #require(transactions.first { $0.client == 2 })
    #expect(!second.isAcknowledged)
    #expect(second.failure == "conflict")
    #expect(transactions.count == 2)
  }

  @Test func `a client that was killed before its commit has aborted, behind it nobody knows`() {
    let begin = line(.begin, 1, at: 1) {
      $0.value = 7
      $0.lists = ["0.a"]
    }
    let before = RecordedTransaction.all(of: [begin])
    #expect(before.map(\.outcome) == [.aborted])
    #expect(before.map(\.isDoubted) == [false])
    var behind = RecordedTransaction.all(of: [begin, line(.commit, 1, at: 2) { $0.commit = [1, 2] }])
    #expect(behind.map(\.isUnresolved) == [true])
    #expect(behind.map(\.isDoubted) == [true])
    // Even when it was applied, it was acknowledged to nobody.
    behind[0].outcome = .committed
    #expect(!behind[0].isAcknowledged)
    #expect(behind[0].history(number: 0).outcome == .unknown)
  }

  @Test func `a store that is away has refused, a conflict is none`() {
    let codes = [RomeError.Code.store, .limitExceeded, .conflict, .leaseLost]
    let transactions = RecordedTransaction.all(
      of: codes.enumerated().flatMap { number, code in
        [
          line(.begin, number, at: 1),
          line(.end, number, at: 2) { line in
            line.outcome = .aborted
            line.failure = code.rawValue
          },
        ]
      })
    let verdict = Verdict(transactions, Contents(), readAt: 3)
    #expect(verdict.refused == 2)
    #expect(verdict.fenced == 1)
    #expect(verdict.acknowledged == 0)
  }

  @Test func `an outage lasts from the end of the fault to the commits behind it`() {
    func committed(_ ends: [Double]) -> [RecordedTransaction] {
      ends.map { end in
        RecordedTransaction(
          client: 1, start: Int(end * 1e9) - 1000, value: nil, lists: [], end: Int(end * 1e9), outcome: .committed)
      }
    }
    let windows = [1.0, 5.0].map { Injector.Window(from: Int($0 * 1e9), until: Int($0 * 1e9) + 500_000_000) }
    let outage = Outage(windows, [committed([0.5, 1.75, 5.5625, 9]), committed([0.5, 2, 6.5, 9])])
    #expect(outage.first == 0.25)
    #expect(outage.all == 1)
    let never = Outage(windows, [committed([0.5, 1.75]), committed([0.5, 2])])
    #expect(never.first == nil)
  }

  @Test func `every fault befalls Redis or LMDB`() {
    #expect(Fault.allCases.filter { $0.befalls(.lmdb) }.count == 4)
    #expect(Fault.allCases.allSatisfy { $0.befalls(.redisAlways) })
  }
}
