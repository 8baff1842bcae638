// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The report as a picture: a line for each operation, a dot for each system, the time on a logarithmic scale.
struct Chart {
  let report: Report

  private static let colors = [
    "rome-memory": "#d62728", "rome-lmdb": "#d62728", "rome-redis-loop": "#e377c2", "rome-redis-unix": "#d62728",
    "rome-redis-tcp": "#ff7f0e", "memory-raw": "#222222", "lmdb-raw": "#222222", "lmdb-raw-nosync": "#999999",
    "redis-raw": "#222222", "grdb-memory": "#1f77b4", "grdb-memory-codable": "#17becf", "grdb-wal": "#1f77b4",
    "grdb-wal-codable": "#17becf", "sqlalchemy": "#2ca02c", "rom": "#9467bd", "walrus": "#8c564b",
  ]

  var svg: String {
    let lineHeight = 22.0
    let families = Table.families.map { title, names in (title, names.filter { report.seconds[$0] != nil }) }
      .filter { !$0.1.isEmpty }
    let familyHeight = lineHeight * Double(Operation.allCases.count) + 90
    let height = familyHeight * Double(families.count) + 20
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="860" height="\(Int(height))" font-family="sans-serif" font-size="12">
      <rect width="100%" height="100%" fill="#ffffff"/>

      """
    for (index, (title, systems)) in families.enumerated() {
      let top = familyHeight * Double(index) + 20
      text += "<text x=\"10\" y=\"\(top + 8)\" font-size=\"15\" font-weight=\"bold\">\(title), "
      text += "\(report.rows) rows: time of one execution (\(report.workload))</text>\n"
      for (position, system) in systems.enumerated() {
        let x = 20 + Double(position) * 135
        text += "<circle cx=\"\(x)\" cy=\"\(top + 26)\" r=\"5\" fill=\"\(color(system))\"/>"
        text += "<text x=\"\(x + 9)\" y=\"\(top + 30)\">\(system)</text>\n"
      }
      text += plot(systems, top: top + 45, lineHeight: lineHeight)
    }
    return text + "</svg>\n"
  }

  private func plot(_ systems: [String], top: Double, lineHeight: Double) -> String {
    var text = ""
    let bottom = top + lineHeight * Double(Operation.allCases.count)
    for power in -1...7 {
      let x = place(pow(10, Double(power)))
      text += "<line x1=\"\(x)\" y1=\"\(top)\" x2=\"\(x)\" y2=\"\(bottom)\" stroke=\"#dddddd\"/>"
      text += "<text x=\"\(x)\" y=\"\(bottom + 14)\" text-anchor=\"middle\" fill=\"#555555\">\(label(power))</text>\n"
    }
    for (index, operation) in Operation.allCases.enumerated() {
      let y = top + lineHeight * (Double(index) + 0.5)
      text += "<text x=\"10\" y=\"\(y + 4)\">\(operation.rawValue)</text>"
      for system in systems.reversed() {
        guard let time = report.microseconds(system, operation) else { continue }
        let x = String(format: "%.1f", place(time))
        text += "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"5\" fill=\"\(color(system))\" fill-opacity=\"0.85\">"
        text += "<title>\(system): \(short(time)) µs</title></circle>"
      }
      text += "\n"
    }
    return text
  }

  private func color(_ system: String) -> String { Self.colors[system] ?? "#888888" }

  private func place(_ microseconds: Double) -> Double { 120 + (log10(max(microseconds, 0.1)) + 1) * 88 }

  private func label(_ power: Int) -> String {
    switch power {
    case ..<0: "0.1 µs"
    case 0..<3: "\(Int(pow(10, Double(power)))) µs"
    case 3..<6: "\(Int(pow(10, Double(power - 3)))) ms"
    default: "\(Int(pow(10, Double(power - 6)))) s"
    }
  }
}
