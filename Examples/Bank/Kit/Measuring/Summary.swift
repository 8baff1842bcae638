// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// A tally in words.
public struct Summary: CustomStringConvertible, Sendable {
  private let tally: Tally

  /// The words for a tally.
  ///
  /// - Parameter tally: What was done.
  public init(_ tally: Tally) {
    self.tally = tally
  }

  /// A short text for a line that changes while the work goes on.
  ///
  /// - Parameter seconds: How long the work has been going on.
  public func progress(after seconds: Double) -> String {
    "\(Int(seconds)) s: \(tally.commits) transfers, \(Int(Double(tally.commits) / max(seconds, 0.001))) per second, "
      + "\(tally.conflicts) conflicts, \(tally.refused) refused"
      + (tally.audits + tally.overtakenAudits > 0 ? ", \(tally.audits) audits" : "")
  }

  /// All numbers, a line for each subject.
  public var description: String {
    let perSecond = Int(Double(tally.commits) / max(tally.seconds, 0.001))
    var lines = [
      ("commits", "\(tally.commits) in \(Self.text(tally.seconds, digits: 1)) s, \(perSecond) per second"),
      ("conflicts", "\(tally.conflicts), \(perCommit(tally.conflicts)) per commit; \(tally.retries) retries"),
      ("refused", "\(tally.refused) for want of money"),
      ("latency", "p50 \(quantile(0.5)), p95 \(quantile(0.95)), p99 \(quantile(0.99)), max \(quantile(1))"),
      ("round trips", "\(tally.roundTrips), \(perCommit(tally.roundTrips)) per commit"),
      (
        "lost answers",
        tally.doubts == 0
          ? "0"
          : "\(tally.doubts): \(tally.doubtsApplied) of commits that were applied, \(tally.doubtsNotApplied) of others, "
            + "\(tally.doubts - tally.doubtsApplied - tally.doubtsNotApplied) not settled"
      ),
    ]
    if tally.abandoned + tally.failed + tally.unsettled > 0 {
      lines.append(
        (
          "not done",
          "\(tally.abandoned) for too many conflicts, \(tally.failed) failed, \(tally.unsettled) of unknown outcome"
        ))
    }
    if tally.audits + tally.overtakenAudits > 0 {
      lines.append(("audits", "\(tally.audits) right, \(tally.overtakenAudits) overtaken by transfers"))
    }
    return lines.map { name, text in
      "  " + name.padding(toLength: 14, withPad: " ", startingAt: 0) + text
    }.joined(separator: "\n")
  }

  private func perCommit(_ number: Int) -> String {
    tally.commits == 0 ? "-" : Self.text(Double(number) / Double(tally.commits), digits: 2)
  }

  private func quantile(_ part: Double) -> String {
    let microseconds = tally.latency.quantile(part) / 1000
    return microseconds < 10_000 ? "\(microseconds) µs" : "\(microseconds / 1000) ms"
  }

  private static func text(_ number: Double, digits: Int) -> String {
    String(format: "%.\(digits)f", number)
  }
}
