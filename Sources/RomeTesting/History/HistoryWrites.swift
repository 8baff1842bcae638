// SPDX-License-Identifier: Apache-2.0

/// Who has written which value of a history.
struct HistoryWrites {
  /// A write.
  struct Write {
    /// The transaction that has written.
    let transaction: Int
    /// Whether the transaction has written no later value there.
    var isLastOfItsTransaction: Bool
  }

  private var writes: [String: [Int: Write]] = [:]
  private var kept: Set<String> = []

  init(_ history: [HistoryTransaction]) {
    for transaction in history {
      var last: [String: Int] = [:]
      for step in transaction.steps {
        switch step {
        case .append(let value, let key), .write(let value, let key), .add(let value, let key):
          if let earlier = last[key] { writes[key]?[earlier]?.isLastOfItsTransaction = false }
          last[key] = value
          writes[key, default: [:]][value] = Write(transaction: transaction.number, isLastOfItsTransaction: true)
        case .list, .register, .members, .claim, .balances: continue
        }
        if case .write = step { continue }
        if let key = step.changedKey { kept.insert(key) }
      }
    }
  }

  /// Whether values of the key stay: it is a list or a set.
  func isKept(_ key: String) -> Bool { kept.contains(key) }

  /// The write of a value.
  func write(_ key: String, _ value: Int) -> Write? { writes[key]?[value] }

  /// Who has written a value.
  func writer(_ key: String, _ value: Int) -> Int? { writes[key]?[value]?.transaction }

  /// The values that were written to a key, and who has.
  func of(_ key: String) -> [(value: Int, writer: Int)] {
    (writes[key] ?? [:]).map { ($0.key, $0.value.transaction) }.sorted { $0.value < $1.value }
  }

  /// All values.
  var all: [(key: String, value: Int, writer: Int)] {
    writes.keys.sorted().flatMap { key in of(key).map { (key, $0.value, $0.writer) } }
  }
}
