// SPDX-License-Identifier: Apache-2.0

/// Rows of text in columns.
struct Table {
  private let rows: [[String]]

  /// Makes a table. Numbers stand on the right of their columns, texts on the left.
  init(_ rows: [[String]]) {
    self.rows = rows
  }

  /// The first rows, and how many there are more.
  func text(limit: Int) -> String {
    let shown = rows.prefix(limit)
    let columns = shown.first?.count ?? 0
    let widths = (0..<columns).map { column in shown.map { $0[column].count }.max() ?? 0 }
    var lines = shown.map { row in
      var line = "  "
      for (cell, width) in zip(row, widths) {
        let blanks = String(repeating: " ", count: width - cell.count)
        line += Int(cell) == nil ? cell + blanks : blanks + cell
        line += "  "
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    if rows.isEmpty { lines.append("  none") }
    if rows.count > limit { lines.append("  … and \(rows.count - limit) more") }
    return lines.joined(separator: "\n")
  }
}
