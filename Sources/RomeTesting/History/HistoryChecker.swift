// SPDX-License-Identifier: Apache-2.0

/// Finds out whether the transactions of a history can have run one after the other.
///
/// It infers which transaction must come before which one: whoever sees a value comes behind the one that wrote it, whoever
/// misses it comes before, and whoever began when another one had ended comes behind that one. A circle of these is an anomaly,
/// named as Elle, the checker of Jepsen, names it. Lists are the strongest evidence, because a read shows the order of all writes
/// before it.
///
/// ```swift
/// let report = HistoryChecker.check(recorder.history)
/// #expect(report.isClean, "\(report)")
/// ```
///
/// A history that is found clean is no proof: the more clients meet on the fewer keys, the more it says.
public struct HistoryChecker {
  private var anomalies: [HistoryAnomaly] = []
  private var graph = HistoryGraph()
  private let transactions: [Int: HistoryTransaction]
  /// Those that were committed, and those in doubt of which somebody saw something.
  private var applied: Set<Int>
  private let writes: HistoryWrites

  private init(_ history: [HistoryTransaction]) {
    transactions = Dictionary(history.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    writes = HistoryWrites(history)
    applied = Set(history.filter { $0.outcome == .committed }.map(\.number))
  }

  /// Checks a history.
  ///
  /// - Parameters:
  ///   - history: What the clients did. A last transaction that reads everything makes lost effects visible.
  ///   - total: What the balances of the bank add up to; nil when there is no bank.
  ///   - realTime: Whether a transaction must see what was committed before it began. It holds for all stores of Rome while their
  ///     server lives.
  /// - Returns: What is wrong.
  public static func check(
    _ history: [HistoryTransaction], total: Int? = nil, realTime: Bool = true
  ) -> HistoryReport {
    var checker = HistoryChecker(history)
    for transaction in history where transaction.outcome == .committed {
      checker.checkInside(transaction)
      checker.checkSources(transaction)
      checker.checkTotal(transaction, total)
    }
    checker.addListDependencies(history)
    checker.addSetDependencies(history)
    checker.addRegisterDependencies(history)
    checker.checkClaims(history)
    checker.findCircles()
    if realTime {
      checker.addRealTime(history)
      checker.findRealTimeCircles()
      checker.checkLostEffects(history)
    }
    return HistoryReport(transactionCount: history.count, anomalies: checker.anomalies)
  }

  // MARK: Single transactions

  /// A transaction sees its own writes.
  private mutating func checkInside(_ transaction: HistoryTransaction) {
    var own: [String: [Int]] = [:]
    var registers: [String: Int] = [:]
    for step in transaction.steps {
      switch step {
      case .append(let value, let key), .add(let value, let key): own[key, default: []].append(value)
      case .write(let value, let key): registers[key] = value
      case .list(let key, let values):
        guard let mine = own[key], Array(values.suffix(mine.count)) != mine else { continue }
        note(.internalInconsistency, [transaction.number], "\(key) ends without what the transaction has appended")
      case .members(let key, let values):
        guard let mine = own[key], !values.isSuperset(of: mine) else { continue }
        note(.internalInconsistency, [transaction.number], "\(key) lacks what the transaction has added")
      case .register(let key, let value):
        guard let mine = registers[key], mine != value else { continue }
        note(.internalInconsistency, [transaction.number], "\(key) is not what the transaction has set")
      case .claim, .balances: continue
      }
    }
  }

  /// What a transaction sees was written by somebody, was committed, and was the last that he has written.
  private mutating func checkSources(_ transaction: HistoryTransaction) {
    for step in transaction.steps {
      switch step {
      case .list(let key, let values):
        if Set(values).count < values.count {
          let doubled = values.first { value in values.count { $0 == value } > 1 }
          note(
            .duplicateEffect, [transaction.number] + writer(key, doubled),
            "\(doubled.map(String.init) ?? "a value") is in \(key) twice")
        }
        for (position, value) in values.enumerated() {
          checkSource(value, of: key, seenBy: transaction, isLast: position == values.count - 1)
        }
      case .members(let key, let values):
        for value in values.sorted() { checkSource(value, of: key, seenBy: transaction, isLast: false) }
      case .register(let key, let value?): checkSource(value, of: key, seenBy: transaction, isLast: true)
      default: continue
      }
    }
  }

  private mutating func checkSource(
    _ value: Int, of key: String, seenBy reader: HistoryTransaction, isLast: Bool
  ) {
    guard let write = writes.write(key, value), let writer = transactions[write.transaction] else {
      note(.unwrittenValue, [reader.number], "nobody has written \(value) to \(key)")
      return
    }
    if writer.outcome == .aborted {
      note(.abortedRead, [writer.number, reader.number], "\(value) of \(key) was seen, and never committed")
    }
    applied.insert(writer.number)
    if isLast, !write.isLastOfItsTransaction, writer.number != reader.number {
      note(
        .intermediateRead, [writer.number, reader.number], "\(value) of \(key) was seen before its transaction was done"
      )
    }
  }

  private mutating func checkTotal(_ transaction: HistoryTransaction, _ total: Int?) {
    guard let total else { return }
    for case .balances(let values) in transaction.steps where values.reduce(0, +) != total {
      note(.wrongTotal, [transaction.number], "the sum is \(values.reduce(0, +)), and must be \(total)")
    }
  }

  // MARK: Dependencies

  /// Every read of a list is a beginning of the longest one, which shows the order of the writes.
  private mutating func addListDependencies(_ history: [HistoryTransaction]) {
    for (key, reads) in reads(history, { if case .list(let key, let values) = $0 { (key, values) } else { nil } }) {
      guard let longest = reads.max(by: { $0.value.count < $1.value.count })?.value else { continue }
      for (reader, values) in reads where Array(longest.prefix(values.count)) != values {
        let other = reads.first { $0.value == longest }?.reader
        note(
          .incompatibleOrder, [reader] + (other.map { [$0] } ?? []), "two reads of \(key) have no common order")
      }
      for (before, after) in zip(longest, longest.dropFirst()) {
        guard let first = writes.writer(key, before), let second = writes.writer(key, after) else { continue }
        graph.add(first, second, .overwrites, "T\(second) has appended \(after) to \(key) behind \(before)")
      }
      for (reader, values) in reads {
        if let last = values.last, let writer = writes.writer(key, last) {
          graph.add(writer, reader, .sees, "T\(reader) has seen \(last) in \(key)")
        }
        guard values.count < longest.count, let writer = writes.writer(key, longest[values.count]) else { continue }
        graph.add(reader, writer, .misses, "T\(reader) has not seen \(longest[values.count]) in \(key)")
      }
      // A write that nobody has seen comes behind all that was seen.
      for (value, writer) in writes.of(key) where !longest.contains(value) && applied.contains(writer) {
        for (reader, _) in reads { graph.add(reader, writer, .misses, "T\(reader) has not seen \(value) in \(key)") }
      }
    }
  }

  /// Members come and never go, so each is seen or missed.
  private mutating func addSetDependencies(_ history: [HistoryTransaction]) {
    for (key, reads) in reads(history, { if case .members(let key, let values) = $0 { (key, values) } else { nil } }) {
      for (value, writer) in writes.of(key) where applied.contains(writer) {
        for (reader, values) in reads {
          if values.contains(value) {
            graph.add(writer, reader, .sees, "T\(reader) has seen \(value) in \(key)")
          } else {
            graph.add(reader, writer, .misses, "T\(reader) has not seen \(value) in \(key)")
          }
        }
      }
    }
  }

  /// The order of writes of a register is known where a transaction read one value and wrote the next.
  private mutating func addRegisterDependencies(_ history: [HistoryTransaction]) {
    for (key, reads) in reads(history, { if case .register(let key, let value) = $0 { (key, value) } else { nil } }) {
      // Who wrote next, having seen the value.
      var successors: [Int?: [(value: Int, writer: Int)]] = [:]
      for (value, writer) in writes.of(key) where applied.contains(writer) {
        guard let seen = reads.first(where: { $0.reader == writer })?.value else { continue }
        successors[seen, default: []].append((value, writer))
      }
      for (seen, next) in successors where next.count > 1 {
        let text = seen.map(String.init) ?? "unset"
        for (one, other) in zip(next, next.dropFirst()) {
          let reasons = "has set \(key), having seen it \(text)"
          graph.add(one.writer, other.writer, .misses, "T\(other.writer) \(reasons), as T\(one.writer) had")
          graph.add(other.writer, one.writer, .misses, "T\(one.writer) \(reasons), as T\(other.writer) had")
        }
      }
      for (reader, value) in reads {
        if let value, let writer = writes.writer(key, value) {
          graph.add(writer, reader, .sees, "T\(reader) has seen \(value) in \(key)")
        }
        for next in successors[value] ?? [] {
          graph.add(reader, next.writer, .misses, "T\(reader) has not seen \(next.value) in \(key)")
          if let value, let writer = writes.writer(key, value) {
            graph.add(
              writer, next.writer, .overwrites, "T\(next.writer) has set \(key) to \(next.value) after \(value)")
          }
        }
      }
    }
  }

  private func reads<Found>(
    _ history: [HistoryTransaction], _ find: (HistoryStep) -> (key: String, value: Found)?
  ) -> [(key: String, reads: [(reader: Int, value: Found)])] {
    var reads: [String: [(reader: Int, value: Found)]] = [:]
    for transaction in history where transaction.outcome == .committed {
      var changed: Set<String> = []
      for step in transaction.steps {
        if let key = step.changedKey { changed.insert(key) }
        // A read behind a write of the same transaction shows what the transaction is to find, not what it depends on.
        guard let (key, value) = find(step), !changed.contains(key) else { continue }
        reads[key, default: []].append((transaction.number, value))
      }
    }
    return reads.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Who began when another one had ended comes behind. Only the last ones before each beginning need an edge.
  private mutating func addRealTime(_ history: [HistoryTransaction]) {
    let relevant = history.filter { applied.contains($0.number) }
    var events: [(time: Int, transaction: HistoryTransaction, isStart: Bool)] = []
    for transaction in relevant {
      events.append((transaction.start, transaction, true))
      // One in doubt may still have happened later than its client waited.
      if transaction.outcome == .committed { events.append((transaction.end, transaction, false)) }
    }
    events.sort { $0.time < $1.time }
    var frontier: [HistoryTransaction] = []
    for event in events {
      if event.isStart {
        for earlier in frontier {
          graph.add(
            earlier.number, event.transaction.number, .precedes,
            "T\(event.transaction.number) began when T\(earlier.number) had ended")
        }
      } else {
        frontier.removeAll { $0.end < event.transaction.start }
        frontier.append(event.transaction)
      }
    }
  }

  // MARK: Verdicts

  private mutating func findCircles() {
    let writeKinds: Set<HistoryGraph.Dependency.Kind> = [.overwrites]
    let informationKinds: Set<HistoryGraph.Dependency.Kind> = [.overwrites, .sees]
    if let circle = graph.circle(of: writeKinds) {
      note(.dirtyWrite, circle, "transactions have overwritten each other in a circle")
    } else if let circle = graph.circle(of: informationKinds) {
      note(.circularInformationFlow, circle, "transactions have seen each other's writes in a circle")
    }
    let all: Set<HistoryGraph.Dependency.Kind> = [.overwrites, .sees, .misses]
    if let circle = graph.circle(of: all, through: .misses, others: informationKinds) {
      note(.singleAntiDependency, circle, "a transaction has missed a write that it depends on")
    } else if let circle = graph.circle(of: all, through: .misses) {
      note(.antiDependency, circle, "transactions have missed each other's writes")
    }
  }

  private mutating func findRealTimeCircles() {
    // A circle without real time was told already.
    if anomalies.contains(where: { !$0.dependencies.isEmpty }) { return }
    if let circle = graph.circle(of: [.overwrites, .sees, .misses, .precedes], through: .precedes) {
      note(.realTime, circle, "a transaction did not see what was committed before it began")
    }
  }

  /// What was acknowledged is there in every read that began later.
  private mutating func checkLostEffects(_ history: [HistoryTransaction]) {
    for (key, value, writer) in writes.all where transactions[writer]?.outcome == .committed {
      guard let end = transactions[writer]?.end else { continue }
      let later = history.last { transaction in
        transaction.outcome == .committed && transaction.start > end && transaction.lacks(value, key)
      }
      guard let later, writes.isKept(key) else { continue }
      note(.lostEffect, [writer, later.number], "\(value) of \(key) was acknowledged, and is gone")
      return
    }
  }

  private mutating func checkClaims(_ history: [HistoryTransaction]) {
    var owners: [String: Int] = [:]
    for transaction in history where transaction.outcome == .committed {
      for case .claim(let name) in transaction.steps {
        if let owner = owners[name], owner != transaction.number {
          note(.doubleClaim, [owner, transaction.number], "both have got \(name)")
        } else {
          owners[name] = transaction.number
        }
      }
    }
  }

  private func writer(_ key: String, _ value: Int?) -> [Int] {
    value.flatMap { writes.writer(key, $0) }.map { [$0] } ?? []
  }

  private mutating func note(_ kind: HistoryAnomaly.Kind, _ numbers: [Int], _ explanation: String) {
    var seen: Set<Int> = []
    let involved = numbers.filter { seen.insert($0).inserted }.compactMap { transactions[$0] }
    anomalies.append(
      HistoryAnomaly(kind: kind, transactions: involved, dependencies: [], explanation: explanation))
  }

  private mutating func note(
    _ kind: HistoryAnomaly.Kind, _ circle: [HistoryAnomaly.Dependency], _ explanation: String
  ) {
    anomalies.append(
      HistoryAnomaly(
        kind: kind, transactions: circle.compactMap { transactions[$0.from] }, dependencies: circle,
        explanation: explanation))
  }
}

extension HistoryTransaction {
  /// Whether the transaction has read the list or set, and the value was not there.
  fileprivate func lacks(_ value: Int, _ key: String) -> Bool {
    steps.contains { step in
      switch step {
      case .list(key, let values): !values.contains(value)
      case .members(key, let values): !values.contains(value)
      default: false
      }
    }
  }
}

extension HistoryStep {
  /// The list, register or set that the step changes.
  var changedKey: String? {
    switch self {
    case .append(_, let key), .write(_, let key), .add(_, let key): key
    case .list, .register, .members, .claim, .balances: nil
    }
  }
}
