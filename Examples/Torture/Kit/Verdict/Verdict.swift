// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting

/// What became of the transactions of a scenario.
public struct Verdict: Hashable, Sendable {
  /// How many transactions that wrote were acknowledged to their clients.
  public internal(set) var acknowledged = 0
  /// How many transactions the store refused for another reason than somebody who was faster: it was away, or full.
  public internal(set) var refused = 0
  /// How many acknowledged ones are not there, or not whole.
  public internal(set) var lost = 0
  /// How many commits are there in part.
  public internal(set) var torn = 0
  /// To how many commits the answer was lost, the client's own end included.
  public internal(set) var unknown = 0
  /// How many of these nobody could find out about.
  public internal(set) var unresolved = 0
  /// What the checker has found in the history.
  public internal(set) var anomalies = 0
  /// How many rows, index entries, constraints and sequences do not agree.
  public internal(set) var orphans = 0
  /// How many commits were refused because the lease of their lock was over.
  public internal(set) var fenced = 0
  /// The first anomaly, in words.
  public internal(set) var explanation: String?

  init() {}

  /// Compares what clients were told and have seen with what is there.
  ///
  /// - Parameters:
  ///   - transactions: The transactions of all clients, whose outcomes have been asked for where they were in doubt.
  ///   - contents: What is in the store.
  ///   - end: When it was read.
  ///   - rollbacks: When a server died that promises nothing about the last moments before its death. Transactions of these
  ///     moments that have written or seen what is gone are lost, where they were acknowledged, and no anomalies.
  init(
    _ transactions: [RecordedTransaction], _ contents: Contents, readAt end: Int,
    rollbacks: [Injector.Window] = []
  ) {
    let lists = contents.lists
    var homes: [Int: Set<String>] = [:]
    var counts: [Int: Int] = [:]
    for item in contents.items {
      homes[item.value, default: []].insert(item.list)
      counts[item.value, default: 0] += 1
    }
    for transaction in transactions {
      if transaction.isDoubted { unknown += 1 }
      if transaction.isUnresolved { unresolved += 1 }
      if transaction.failure == RomeError.Code.leaseLost.rawValue { fenced += 1 }
      if ClientLine.refusals.contains(transaction.failure ?? "") { refused += 1 }
      guard transaction.isAcknowledged, let value = transaction.value else { continue }
      acknowledged += 1
      let isThere = contents.receipts[value] != nil && homes[value]?.isSuperset(of: transaction.lists) ?? false
      if !isThere { lost += 1 }
    }
    let values = Set(counts.keys).union(contents.receipts.keys)
    torn = values.count { counts[$0] != contents.receipts[$0] }
    orphans = contents.orphans
    let gone = Set(transactions.compactMap(\.value)).subtracting(contents.receipts.keys)
    check(transactions.filter { !$0.wasTakenBack(by: rollbacks, gone) }, lists, end)
  }

  /// Lets the checker judge each era by itself: no transaction uses lists of two, so they are in order together when each is.
  private mutating func check(_ transactions: [RecordedTransaction], _ lists: [String: [Int]], _ end: Int) {
    var eras: [Substring: [HistoryTransaction]] = [:]
    for (number, transaction) in transactions.enumerated() {
      guard let era = transaction.era else { continue }
      eras[era, default: []].append(transaction.history(number: number))
    }
    for (number, (era, history)) in eras.sorted(by: { $0.key < $1.key }).enumerated() {
      // A last transaction has read everything. A list that is not there was empty.
      var names = Set(history.flatMap(\.steps).compactMap(\.list))
      names.formUnion(lists.keys.filter { $0.prefix { $0 != "." } == era })
      let last = HistoryTransaction(
        number: transactions.count + number, client: 0, start: end, end: end + 1,
        steps: names.sorted().map { .list($0, lists[$0] ?? []) }, outcome: .committed)
      let report = HistoryChecker.check(history + [last])
      anomalies += report.anomalies.count
      if explanation == nil, !report.isClean { explanation = "\(report)" }
    }
  }
}

extension RecordedTransaction {
  /// How long before its death a server may have acknowledged what it takes back, in nanoseconds. With `appendfsync everysec`, Redis
  /// puts off writing its log for two seconds while the disk is busy with the second before.
  private static let reach = 3_000_000_000

  /// Whether the transaction ran when a server was about to die, and has written or seen what is gone.
  fileprivate func wasTakenBack(by rollbacks: [Injector.Window], _ gone: Set<Int>) -> Bool {
    guard rollbacks.contains(where: { $0.from - Self.reach <= end ?? start && start <= $0.until }) else { return false }
    return value.map(gone.contains) ?? false || seen.values.contains { !gone.isDisjoint(with: $0) }
  }
}

extension HistoryStep {
  /// The list that the step is about.
  fileprivate var list: String? {
    switch self {
    case .append(_, let key), .list(let key, _): key
    default: nil
    }
  }
}
