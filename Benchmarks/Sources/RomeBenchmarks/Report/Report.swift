// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What was measured.
struct Report: Codable {
  /// The throughput of so many tasks that execute the same operation on one store.
  struct Concurrency: Codable {
    var system: String
    var operation: String
    var tasks: Int
    var perSecond: Double
    /// Microseconds.
    var median: Double
    /// Microseconds.
    var percentile99: Double
    /// What the task executed that executed least, and the one that executed most.
    var fewest: Int
    var most: Int
  }

  /// All rows, one after the other, from one query.
  struct Stream: Codable {
    var system: String
    var seconds: Double
    /// By how much the allocated memory grew at most meanwhile, in bytes.
    var heap: Int
    /// The same of the memory of the process that no file is behind.
    var resident: Int
  }

  var workload = "bench-v1"
  var date = ISO8601DateFormatter().string(from: Date())
  var machine = Report.machine()
  var load = Report.load()
  var rows: Int
  var repetitions: Int
  /// Seconds of one execution, by system and operation, one for each repetition.
  var seconds: [String: [String: [Double]]] = [:]
  /// Seconds that it took to load the rows.
  var loading: [String: Double] = [:]
  /// Bytes for each instance with its metadata and index entries; by `columns`, those of the columns' values alone.
  var bytesPerRow: [String: Int] = [:]
  var concurrency: [Concurrency] = []
  var streams: [Stream] = []

  /// Where, when and under which load this was measured, as a paragraph; it warns of results that are not to be quoted.
  func circumstances(_ amount: String) -> String {
    let cores = ProcessInfo.processInfo.processorCount
    let text = "\(date), \(machine), load \(load); \(amount).\n"
    // What a build before it leaves is less.
    let busy = Double(load.prefix { $0 != " " }) ?? 0
    guard busy > Double(cores) * 1.5 else { return text }
    return text + "\n**The machine had other work: these times and ratios are not to be quoted.**\n"
  }

  init(rows: Int, repetitions: Int) {
    self.rows = rows
    self.repetitions = repetitions
  }

  mutating func add(_ time: Double, of system: String, _ operation: Operation) {
    seconds[system, default: [:]][operation.rawValue, default: []].append(time)
  }

  /// The median of the repetitions, in microseconds.
  func microseconds(_ system: String, _ operation: Operation) -> Double? {
    seconds[system]?[operation.rawValue].map { median($0) * 1e6 }
  }

  /// The median of the ratios inside of a repetition.
  func ratio(_ system: String, to other: String, _ operation: Operation) -> Double? {
    guard let times = seconds[system]?[operation.rawValue], let others = seconds[other]?[operation.rawValue] else {
      return nil
    }
    return median(zip(times, others).map { $0 / $1 })
  }

  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return try encoder.encode(self)
  }

  private static func machine() -> String {
    let file = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = file.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = model?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    return "\(name ?? "unknown processor"), \(ProcessInfo.processInfo.processorCount) cores"
  }

  private static func load() -> String {
    let file = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
    return file.split(separator: " ").prefix(3).joined(separator: " ")
  }
}

/// The median; 0 of nothing.
func median(_ numbers: [Double]) -> Double {
  let sorted = numbers.sorted()
  guard !sorted.isEmpty else { return 0 }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The memory of this process that no file is behind.
func anonymousBytes() -> Int {
  let file = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = file.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
  return (line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) * 1024
}

/// Tells how far the run is.
func log(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}
