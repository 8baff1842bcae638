// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

@Suite struct ColumnFinderTests {
  /// What a finder and a view of the row say of a column, in the same words.
  private static func compare(_ rows: [[UInt8]], _ position: Int, _ lengths: ClosedRange<Int>, _ note: String) {
    var finder = ColumnFinder(position, lengths: lengths)
    for row in rows {
      row.withUnsafeBytes { raw in
        let found =
          switch finder.find(in: raw) {
          case .missing: "missing"
          case .null: "null"
          case .malformed: "malformed"
          case .value(let range): "\(Array(raw.part(range)))"
          }
        let expected =
          switch RowView(raw)?[position] {
          case .missing: "missing"
          case .null: "null"
          case .malformed, nil: "malformed"
          case .bytes(let bytes): lengths.contains(bytes.count) ? "\(Array(bytes))" : "malformed"
          }
        #expect(found == expected, "column \(position) of \(row.prefix(80)), \(note)")
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a column is found where a view of the row finds it`(seed: UInt64) {
    var values = RandomValues(seed: seed)
    for _ in 0..<30 {
      let rows = (0..<8).map { _ in
        var bytes = RowFormat.encode(RowFormatTests.row(&values).values)
        switch Int.random(in: 0..<4, using: &values.random) {
        case 0: bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &values.random)))
        case 1: bytes[Int.random(in: bytes.indices, using: &values.random)] = values.random.chance(0.5) ? 2 : 0xFF
        default: break
        }
        return bytes
      }
      let lengths = values.random.chance(0.5) ? 0...8 : 0...Int.max
      Self.compare(rows, Int.random(in: 0..<20, using: &values.random), lengths, "seed \(seed)")
    }
  }

  @Test func `columns of long rows are found, and of short ones behind them`() {
    let long = RowFormat.encode([.int(5), .bytes(Array(repeating: 7, count: 70_000)), .null, .int(-1)])
    let short = RowFormat.encode([.int(5), .bytes([1]), .null, .int(-1)])
    for position in 0..<5 { Self.compare([long, short, long], position, 0...Int.max, "long and short") }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `an integer in a row is the one that was written`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    for _ in 0..<200 {
      let row = (0..<Int.random(in: 1...4, using: &values.random)).map { _ in
        values.random.chance(0.2) ? 0 : values.integer()
      }
      RowFormat.encode(row.map { .int($0) }).withUnsafeBytes { raw in
        for (position, number) in row.enumerated() {
          var finder = ColumnFinder(position, lengths: 0...8)
          guard case .value(let range) = finder.find(in: raw) else {
            Issue.record("no column \(position) in \(row)")
            continue
          }
          #expect(raw.integer(in: range) == number, "seed \(seed)")
        }
      }
    }
  }

  @Test func `short bytes are equal when all their bytes are`() {
    for count in 0...ShortBytes.maximum {
      let bytes = (0..<count).map { UInt8($0 + 1) }
      func words(_ bytes: [UInt8]) -> ShortBytes { bytes.withUnsafeBytes { ShortBytes($0) } }
      #expect(words(bytes) == words(bytes))
      #expect(words(bytes) != words(bytes + [0]))
      for place in bytes.indices {
        var other = bytes
        other[place] ^= 0x80
        #expect(words(bytes) != words(other), "\(count) bytes, byte \(place)")
      }
    }
  }
}
