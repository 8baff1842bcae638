// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

/// Histories of a few transactions, each with one anomaly.
@Suite struct HistoryCheckerTests {
  /// Transactions that ran at the same time, so that real time says nothing.
  private func together(_ transactions: [HistoryStep]..., outcomes: [Int: HistoryOutcome] = [:]) -> [HistoryTransaction]
  {
    transactions.enumerated().map { number, steps in
      HistoryTransaction(
        number: number, client: number, start: 0, end: 100, steps: steps, outcome: outcomes[number] ?? .committed)
    }
  }

  /// Transactions that ran one after the other.
  private func inTurn(_ transactions: [HistoryStep]...) -> [HistoryTransaction] {
    transactions.enumerated().map { number, steps in
      HistoryTransaction(
        number: number, client: number, start: 2 * number, end: 2 * number + 1, steps: steps, outcome: .committed)
    }
  }

  private func kinds(_ history: [HistoryTransaction], total: Int? = nil) -> Set<HistoryAnomaly.Kind> {
    Set(HistoryChecker.check(history, total: total).anomalies.map(\.kind))
  }

  @Test func `a serial history is clean`() {
    let history = inTurn(
      [.append(1, to: "x")], [.list("x", [1]), .append(2, to: "x")], [.list("x", [1, 2])], [.register("r", nil)],
      [.write(3, to: "r")], [.register("r", 3)], [.add(4, to: "s")], [.members("s", [4])], [.claim("a")])
    #expect(HistoryChecker.check(history).isClean)
  }

  @Test func `writes in different orders are G0`() {
    let history = together(
      [.append(1, to: "x"), .append(2, to: "y")], [.append(3, to: "x"), .append(4, to: "y")],
      [.list("x", [1, 3]), .list("y", [4, 2])])
    #expect(kinds(history).contains(.dirtyWrite))
  }

  @Test func `what was aborted and seen is G1a`() {
    let history = together([.append(1, to: "x")], [.list("x", [1])], outcomes: [0: .aborted])
    #expect(kinds(history).contains(.abortedRead))
  }

  @Test func `what was seen half done is G1b`() {
    let history = together([.append(1, to: "x"), .append(2, to: "x")], [.list("x", [1])])
    #expect(kinds(history).contains(.intermediateRead))
  }

  @Test func `seeing each other is G1c`() {
    let history = together(
      [.append(1, to: "x"), .list("y", [2])], [.append(2, to: "y"), .list("x", [1])])
    #expect(kinds(history) == [.circularInformationFlow])
  }

  @Test func `a lost update of a register is G-single or G2`() {
    let history = together(
      [.write(1, to: "r")], [.register("r", 1), .write(2, to: "r")], [.register("r", 1), .write(3, to: "r")])
    #expect(!kinds(history).isDisjoint(with: [.singleAntiDependency, .antiDependency]))
  }

  @Test func `read skew is G-single`() {
    let history = together(
      [.append(1, to: "x"), .append(2, to: "y")], [.list("x", []), .list("y", [2])], [.list("x", [1])])
    #expect(kinds(history) == [.singleAntiDependency])
  }

  @Test func `write skew is G2`() {
    let history = together(
      [.members("s", []), .add(1, to: "s")], [.members("s", []), .add(2, to: "s")], [.members("s", [1, 2])])
    #expect(kinds(history) == [.antiDependency])
  }

  @Test func `a stale read is a violation of real time`() {
    let history = inTurn([.append(1, to: "x")], [.list("x", [])], [.list("x", [1])])
    #expect(kinds(history).contains(.realTime))
    #expect(HistoryChecker.check(history, realTime: false).isClean)
  }

  @Test func `an acknowledged write that is gone is lost`() {
    #expect(kinds(inTurn([.append(1, to: "x")], [.list("x", [])])).contains(.lostEffect))
  }

  @Test func `a value that is there twice is a doubled effect`() {
    let history = together([.append(1, to: "x")], [.list("x", [1, 1])], outcomes: [0: .unknown])
    #expect(kinds(history).contains(.duplicateEffect))
  }

  @Test func `one in doubt may have happened or not`() {
    #expect(kinds(together([.append(1, to: "x")], [.list("x", [1])], outcomes: [0: .unknown])).isEmpty)
    #expect(kinds(together([.append(1, to: "x")], [.list("x", [])], outcomes: [0: .unknown])).isEmpty)
  }

  @Test func `what nobody has written, two orders, two owners, another sum, an own write that is not seen`() {
    #expect(kinds(together([.list("x", [9])])) == [.unwrittenValue])
    let orders = together(
      [.append(1, to: "x")], [.append(2, to: "x")], [.list("x", [1, 2])], [.list("x", [2, 1])])
    #expect(kinds(orders).contains(.incompatibleOrder))
    #expect(kinds(together([.claim("a")], [.claim("a")])) == [.doubleClaim])
    #expect(kinds(together([.balances([50, 49])]), total: 100) == [.wrongTotal])
    #expect(kinds(together([.append(1, to: "x"), .list("x", [])])).contains(.internalInconsistency))
  }

  @Test func `an anomaly is told in words and as a graph`() throws {
    let history = together(
      [.members("s", []), .add(1, to: "s")], [.members("s", []), .add(2, to: "s")], [.members("s", [1, 2])])
    let anomaly = try #require(HistoryChecker.check(history).smallest)
    #expect(
      anomaly.description == """
        G2: transactions have missed each other's writes
          T0 (client 0): s holds {}, add 1 to s
          T1 (client 1): s holds {}, add 2 to s
          T0 comes before T1: T0 has not seen 2 in s
          T1 comes before T0: T1 has not seen 1 in s
        """)
    #expect(
      anomaly.mermaid == """
        graph LR
          T0["T0, client 0<br/>s holds {}<br/>add 1 to s"]
          T1["T1, client 1<br/>s holds {}<br/>add 2 to s"]
          T0 -- rw --> T1
          T1 -- rw --> T0
        """)
  }

  @Test func `the smallest circle is told, however long the history is`() throws {
    var history = inTurn([.append(1, to: "x")])
    for number in 1..<3000 {
      history.append(
        HistoryTransaction(
          number: number, client: number % 8, start: 2 * number, end: 2 * number + 1,
          steps: [.list("k\(number)", []), .append(number, to: "k\(number)"), .append(number + 10_000, to: "all")],
          outcome: .committed))
    }
    history.append(
      HistoryTransaction(
        number: 3000, client: 9, start: 0, end: 9000, steps: [.members("s", []), .add(1, to: "s")], outcome: .committed)
    )
    history.append(
      HistoryTransaction(
        number: 3001, client: 10, start: 0, end: 9000, steps: [.members("s", []), .add(2, to: "s")], outcome: .committed
      ))
    let report = HistoryChecker.check(history, realTime: false)
    #expect(report.anomalies.count == 1 && report.smallest?.transactions.map(\.number) == [3000, 3001], "\(report)")
  }
}
