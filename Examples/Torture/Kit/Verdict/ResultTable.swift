// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The table of the results, a line a scenario.
public enum ResultTable {
  private static let columns: [(title: String, width: Int)] = [
    ("store", 5), ("setting", 20), ("fault", 29), ("faults", 6), ("acknowledged", 12), ("refused", 7), ("lost", 4),
    ("torn", 4),
    ("unknown (resolved)", 18), ("fenced", 6), ("anomalies", 9), ("orphans", 7), ("s to first commit", 17),
    ("s to all clients", 16),
  ]

  /// The head of the table.
  ///
  /// - Parameter isMarkdown: Whether it is for a document.
  public static func head(isMarkdown: Bool) -> String {
    let titles = line(columns.map(\.title), isMarkdown)
    return isMarkdown ? titles + "\n|" + String(repeating: "--|", count: columns.count) : titles
  }

  /// The line of a result.
  ///
  /// - Parameters:
  ///   - result: The result.
  ///   - isMarkdown: Whether it is for a document.
  public static func line(_ result: Scenario.Result, isMarkdown: Bool) -> String {
    let verdict = result.verdict
    let texts = [
      result.setting.store, result.setting.setting, result.fault.text, "\(result.strikes)", "\(verdict.acknowledged)",
      "\(verdict.refused)",
      "\(verdict.lost)", "\(verdict.torn)", "\(verdict.unknown) (\(verdict.unknown - verdict.unresolved))",
      "\(verdict.fenced)", "\(verdict.anomalies)", "\(verdict.orphans)", seconds(result.outage.first),
      seconds(result.outage.all),
    ]
    return line(texts, isMarkdown)
  }

  private static func seconds(_ seconds: Double?) -> String {
    seconds.map { String(format: "%.2f", $0) } ?? "never"
  }

  private static func line(_ texts: [String], _ isMarkdown: Bool) -> String {
    if isMarkdown { return "| " + texts.joined(separator: " | ") + " |" }
    return zip(texts, columns).map { $0.padding(toLength: max($1.width, $0.count), withPad: " ", startingAt: 0) }
      .joined(separator: "  ")
  }
}

extension Scenario.Result {
  /// What is not as the store promises, in words; empty when all is well.
  public var problems: [String] {
    var problems = failures
    if verdict.acknowledged == 0 { problems.append("nothing was acknowledged") }
    if strikes == 0 { problems.append("no fault has happened") }
    if verdict.lost > 0, setting.isDurable { problems.append("\(verdict.lost) acknowledged commits are lost") }
    if verdict.torn > 0 { problems.append("\(verdict.torn) commits are torn") }
    if verdict.unresolved > 0 { problems.append("\(verdict.unresolved) outcomes are unknown") }
    if verdict.orphans > 0 { problems.append("verify() has found \(verdict.orphans) problems") }
    if let explanation = verdict.explanation { problems.append(explanation) }
    if fault == .holderPaused, verdict.fenced == 0 { problems.append("no commit was fenced") }
    if fault == .memoryFull || fault == .diskFull, verdict.refused + verdict.unknown == 0 {
      problems.append("nothing was refused")
    }
    if outage.first == nil { problems.append("nobody was served again") }
    return problems.map { "\(setting.store), \(setting.setting), \(fault.text): \($0)" }
  }
}
