// SPDX-License-Identifier: Apache-2.0

import BankKit
import Foundation
import RomeTesting
import Testing

struct HistogramTests {
  /// Numbers of all magnitudes.
  private static func values(_ count: Int, _ random: inout SeededGenerator) -> [Int] {
    (0..<count).map { _ in
      let bits = Int.random(in: 0...62, using: &random)
      return Int.random(in: 0...(1 << bits), using: &random)
    }
  }

  private static func histogram(_ values: some Sequence<Int>) -> Histogram {
    var histogram = Histogram()
    for value in values { histogram.add(value) }
    return histogram
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `a quantile is that of the sorted values, or up to one in 128 more`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for count in [1, 2, 3, 10, 99, 100, 101, 1000] {
      let values = Self.values(count, &random)
      let sorted = values.sorted()
      let histogram = Self.histogram(values)
      #expect(histogram.count == count)
      #expect(histogram.maximum == sorted[count - 1])
      for part in [0, 0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1] + [Double.random(in: 0...1, using: &random)] {
        let exact = sorted.first { value in
          Double(sorted.count { $0 <= value }) >= part * Double(count)
        }
        let found = histogram.quantile(part)
        #expect(exact.map { $0 <= found && found - $0 <= $0 / 128 } ?? false, "seed \(seed), \(part) of \(count)")
      }
    }
  }

  @Test func `small values have classes of their own`() {
    let histogram = Self.histogram(0..<128)
    for value in 0..<128 { #expect(histogram.quantile(Double(value + 1) / 128) == value) }
  }

  @Test func `the limits of the integers are values like others`() {
    let histogram = Self.histogram([.min, -1, .max])
    #expect(histogram.quantile(0.5) == 0)
    #expect(histogram.quantile(1) == .max)
    #expect(Histogram().quantile(0.5) == 0)
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func `the histograms of several processes add up to that of all`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let parts = (0..<4).map { _ in Self.values(Int.random(in: 0...200, using: &random), &random) }
    var merged = Histogram()
    for part in parts {
      // Each crosses to another process.
      let text = try JSONEncoder().encode(Self.histogram(part))
      merged += try JSONDecoder().decode(Histogram.self, from: text)
    }
    let whole = Self.histogram(parts.joined())
    #expect(merged.count == whole.count && merged.maximum == whole.maximum, "seed \(seed)")
    for part in stride(from: 0.0, through: 1, by: 0.01) {
      #expect(merged.quantile(part) == whole.quantile(part), "seed \(seed)")
    }
  }

  @Test(arguments: [
    #"{"maximum":1}"#, #"{"classes":[[1]],"maximum":1}"#, #"{"classes":[[-1,1]],"maximum":1}"#,
    #"{"classes":[[1,0]],"maximum":1}"#, #"{"classes":[[7424,1]],"maximum":1}"#,
    #"{"classes":[[1,9223372036854775807]],"maximum":1}"#,
  ])
  func `what is no histogram is refused`(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Histogram.self, from: Data(text.utf8))
    }
  }
}
