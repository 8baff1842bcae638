// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The report as Markdown.
struct Table {
  let report: Report

  /// Systems that are compared with one another; the first one that was measured is the limit, if it is a raw one.
  static let families = [
    ("In memory", ["memory-raw", "rome-memory", "grdb-memory", "grdb-memory-codable"]),
    (
      "In a file",
      ["lmdb-raw", "lmdb-raw-nosync", "rome-lmdb", "grdb-wal", "grdb-wal-codable", "sqlalchemy"]
    ),
    ("On Redis", redis),
  ]
  static let redis = ["redis-raw", "rome-redis-loop", "rome-redis-unix", "rome-redis-tcp", "rom", "walrus"]

  var markdown: String {
    let repetitions = report.repetitions == 1 ? "one repetition" : "\(report.repetitions) repetitions"
    var text = report.circumstances("\(report.rows) instances, \(repetitions)")
    for (title, names) in Self.families {
      let systems = names.filter { report.seconds[$0] != nil }
      guard let limit = systems.first else { continue }
      text += "\n### \(title), \(report.rows) rows: µs for each execution (× \(limit))\n\n"
      text += "| operation | " + systems.joined(separator: " | ") + " |\n"
      text += "|--|" + String(repeating: "--|", count: systems.count) + "\n"
      for operation in Operation.allCases {
        let cells = systems.map { cell($0, limit, operation) }
        text += "| `\(operation.rawValue)` | " + cells.joined(separator: " | ") + " |\n"
      }
      text += ratios(systems)
    }
    return text + budgets() + memory() + concurrency()
  }

  private func cell(_ system: String, _ limit: String, _ operation: Operation) -> String {
    guard let time = report.microseconds(system, operation) else { return "–" }
    guard system != limit, let ratio = report.ratio(system, to: limit, operation) else { return "**\(short(time))**" }
    return "\(short(time)) (\(short(ratio))×)"
  }

  /// How many times faster Rome is than each peer.
  private func ratios(_ systems: [String]) -> String {
    let stores = systems.filter { $0.hasPrefix("rome-") }
    let peers = systems.filter { !$0.hasPrefix("rome-") && !$0.contains("-raw") }
    let pairs = stores.flatMap { store in peers.map { (store, $0) } }
    guard !pairs.isEmpty else { return "" }
    var text = "\nHow many times as long the peer takes:\n\n| operation | "
    text += pairs.map { "\($0.1) / \($0.0.dropFirst(5))" }.joined(separator: " | ") + " |\n"
    text += "|--|" + String(repeating: "--|", count: pairs.count) + "\n"
    for operation in Operation.allCases {
      let cells = pairs.map { report.ratio($0.1, to: $0.0, operation).map { "\(short($0))×" } ?? "–" }
      text += "| `\(operation.rawValue)` | " + cells.joined(separator: " | ") + " |\n"
    }
    return text
  }

  /// Those of the specification's budgets that are not met.
  private func budgets() -> String {
    let verdicts = Budget.all.compactMap { budget in budget.verdict(report).map { (budget, $0) } }
    guard report.rows == 10_000, !verdicts.isEmpty else { return "" }
    let missed = verdicts.filter { !$0.1.isMet }
    var text = "\n### Budgets\n\n"
    text += "\(verdicts.count - missed.count) of the specification's \(verdicts.count) ratios are met."
    guard !missed.isEmpty else { return text + "\n" }
    text += " Those that are not:\n\n| store | beside | operation | measured | budget |\n|--|--|--|--|--|\n"
    for (budget, verdict) in missed {
      text += "| \(budget.system) | \(budget.other) | `\(budget.operation.rawValue)` | "
      text += "\(verdict.measured) | \(verdict.wanted) |\n"
    }
    return text
  }

  private func memory() -> String {
    guard let columns = report.bytesPerRow["columns"] else { return "" }
    var text = "\n### Bytes for each instance, with its two rows of metadata and all index entries\n\n"
    text += "The values of the columns are \(columns) bytes (eight for a number).\n\n"
    text += "| system | bytes | × the values |\n|--|--|--|\n"
    for (system, bytes) in report.bytesPerRow.sorted(by: { $0.value < $1.value }) where system != "columns" {
      text += "| \(system) | \(bytes) | \(short(Double(bytes) / Double(columns)))× |\n"
    }
    return text
  }

  private func concurrency() -> String {
    guard !report.concurrency.isEmpty else { return "" }
    var text = "\n"
    text += "| system | operation | tasks | per second | p50 µs | p99 µs | by the task with fewest, most |\n"
    text += "|--|--|--|--|--|--|--|\n"
    for line in report.concurrency {
      text += "| \(line.system) | `\(line.operation)` | \(line.tasks) | \(short(line.perSecond)) | "
      text += "\(short(line.median)) | \(short(line.percentile99)) | \(line.fewest), \(line.most) |\n"
    }
    return text
  }
}

/// A number with three digits that count.
func short(_ number: Double) -> String {
  String(format: number >= 100 ? "%.0f" : number >= 10 ? "%.1f" : "%.2f", number)
}
