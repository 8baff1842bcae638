// SPDX-License-Identifier: Apache-2.0

/// Reports of different numbers of rows as Markdown.
struct ScaleTable {
  let reports: [Report]

  var markdown: String {
    guard let first = reports.first else { return "" }
    let systems = Table.families.flatMap(\.1).filter { first.seconds[$0] != nil }
    let counts = reports.map { "\($0.rows)" }.joined(separator: " | ")
    var text = first.circumstances("\(first.repetitions) repetitions")
    for system in systems {
      text += "\n### \(system): µs by the number of instances\n\n"
      text +=
        "| operation | \(counts) | last / first |\n|--|" + String(repeating: "--|", count: reports.count + 1) + "\n"
      for operation in Operation.allCases where first.microseconds(system, operation) != nil {
        let times = reports.map { report in
          report.microseconds(system, operation).map { $0 / Double(operation.rows(of: report.rows)) }
        }
        let name = "`\(operation.rawValue)`" + (operation.rows(of: first.rows) > 1 ? ", each row" : "")
        text += "| \(name) | " + times.map { $0.map(short) ?? "–" }.joined(separator: " | ") + " | "
        if let one = times.first ?? nil, let other = times.last ?? nil { text += short(other / one) + "× " }
        text += "|\n"
      }
    }
    text += "\n### Bytes for each instance, with its two rows of metadata and all index entries\n\n"
    text += "| system | \(counts) |\n|--|" + String(repeating: "--|", count: reports.count) + "\n"
    for system in ["columns"] + systems {
      let bytes = reports.map { $0.bytesPerRow[system].map(String.init) ?? "–" }
      text += "| \(system == "columns" ? "the values of the columns" : system) | \(bytes.joined(separator: " | ")) |\n"
    }
    text += "\n### Streaming all rows\n\n"
    text += "The memory may grow by \(StreamRunner.bound >> 20) MiB at most, else the run fails.\n\n"
    text +=
      "| system | rows | rows in a second | allocated memory grew by | resident memory grew by |\n|--|--|--|--|--|\n"
    for report in reports {
      for stream in report.streams {
        text += "| \(stream.system) | \(report.rows) | \(short(Double(report.rows) / stream.seconds)) | "
        text += "\(mebibytes(stream.heap)) | \(mebibytes(stream.resident)) |\n"
      }
    }
    return text
  }

  private func mebibytes(_ bytes: Int) -> String { short(Double(bytes) / 1_048_576) + " MiB" }
}
