// SPDX-License-Identifier: Apache-2.0

/// How long nobody, or somebody, was served after faults were over.
public struct Outage: Hashable, Sendable {
  /// Seconds until the first commit after the fault, at the worst; nil when there was none.
  public let first: Double?
  /// Seconds until each process of clients had committed, at the worst; nil when one never has.
  public let all: Double?

  /// Measures the outage.
  ///
  /// - Parameters:
  ///   - windows: When something was wrong.
  ///   - processes: The transactions of each process. Only those that outlived a fault by a second count for it, and one counts
  ///     from when it was at work.
  init(_ windows: [Injector.Window], _ processes: [[RecordedTransaction]]) {
    let commits = processes.map { transactions in
      transactions.filter { $0.outcome == .committed }.compactMap(\.end).sorted()
    }
    let lives = processes.map { transactions in
      (from: transactions.map(\.start).min() ?? .max, until: transactions.compactMap(\.end).max() ?? .min)
    }
    var first: Double? = 0
    var all: Double? = 0
    for window in windows {
      var waits: [Double?] = []
      for (ends, life) in zip(commits, lives) {
        guard life.until > window.until + 1_000_000_000 || ends.contains(where: { $0 > window.until }) else { continue }
        // One that came later, in the place of another, waits from its own begin.
        let from = max(window.until, life.from)
        if life.from > window.until + 5_000_000_000 { continue }
        waits.append(ends.first { $0 > from }.map { Double($0 - from) / 1e9 })
      }
      let served = waits.compactMap(\.self)
      first = Self.worst(first, served.min())
      all = Self.worst(all, served.count == waits.count ? served.max() : nil)
    }
    self.first = windows.isEmpty ? nil : first
    self.all = windows.isEmpty ? nil : all
  }

  private static func worst(_ one: Double?, _ other: Double?) -> Double? {
    guard let one, let other else { return nil }
    return max(one, other)
  }
}
