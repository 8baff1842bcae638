// SPDX-License-Identifier: Apache-2.0

import Foundation
import RomeTesting
import Testing

@testable import Rome

@Suite struct RowFormatTests {
  /// The columns of a table with these types.
  static func columns(_ types: [(type: ColumnType, isNullable: Bool)]) -> [ColumnDescription] {
    types.enumerated().map { position, column in
      let name = "c\(position)"
      func make<T: ColumnValue>(_ type: T.Type) -> ColumnDescription {
        column.isNullable ? ColumnDescription(name, T?.self) : ColumnDescription(name, T.self)
      }
      return switch column.type {
      case .bool: make(Bool.self)
      case .int: make(Int.self)
      case .double: make(Double.self)
      case .string: make(String.self)
      case .bytes: make([UInt8].self)
      case .date: make(Date.self)
      case .uuid: make(UUID.self)
      case .json: make(JSON<[String: Int]>.self)
      }
    }
  }

  /// A random table and a row of it.
  static func row(_ values: inout RandomValues) -> (columns: [ColumnDescription], values: [Value]) {
    let count = Int.random(in: 0...20, using: &values.random)
    let types = (0..<count).map { _ in (type: values.type(), isNullable: values.random.chance(0.5)) }
    let row = types.map { $0.isNullable ? values.nullable($0.type) : values.value($0.type) }
    return (columns(types), row)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `a row reads as it was written`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    for _ in 0..<100 {
      let (columns, drawn) = Self.row(&values)
      let bytes = RowFormat.encode(drawn)
      let around = [0xAA] + bytes + [0xBB]
      let row = try EncodedRow(around[1..<(around.count - 1)], columns: columns)
      #expect(row.columnCount == drawn.count)
      #expect(row.values == drawn, "seed \(seed)")
      for position in drawn.indices { #expect(row.isNull(position) == drawn[position].isNull) }
    }
  }

  @Test(arguments: [65_533, 65_534, 65_535, 65_536, 65_537, 200_000])
  func `a row beside the end of short offsets reads as it was written`(length: Int) throws {
    let columns = Self.columns([(.int, false), (.bytes, false), (.string, true), (.int, false), (.double, true)])
    let content = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for values in [
      [.int(5), .bytes(content), .null, .int(-1), .double(2.5)],
      [.int(0), .bytes([]), .string(String(repeating: "x", count: length)), .int(.min), .null],
      [.int(1), .bytes(content), .string("end"), .int(2), .double(0)],
    ] as [[Value]] {
      let bytes = RowFormat.encode(values)
      let row = try EncodedRow(bytes[...], columns: columns)
      #expect(row.values == values)
      let dataLength = bytes.count - 3 - 1 - 5 * (bytes[0] == RowFormat.wide ? 4 : 2)
      #expect((bytes[0] == RowFormat.wide) == (dataLength > 65_535))
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a changed row is written as if all its values were`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    for _ in 0..<100 {
      let (columns, drawn) = Self.row(&values)
      // The old row may be from before some columns were added.
      let written = Int.random(in: 0...drawn.count, using: &values.random)
      let old = try EncodedRow(RowFormat.encode(Array(drawn[..<written]))[...], columns: columns)
      var changed = ChangedRow(old, columnCount: columns.count)
      var expected = old.values
      for position in columns.indices where values.random.chance(0.3) {
        let type = columns[position].type
        expected[position] = columns[position].isNullable ? values.nullable(type) : values.value(type)
        changed[position] = expected[position]
      }
      #expect(RowFormat.encode(changed) == RowFormat.encode(expected), "seed \(seed)")
      #expect(columns.indices.allSatisfy { changed[$0] == expected[$0] }, "seed \(seed)")
    }
  }

  @Test func `a row that outgrows short offsets by a change, or fits them again, keeps its other columns`() throws {
    let columns = Self.columns([(.int, false), (.bytes, false), (.string, true)])
    let content = [UInt8](repeating: 7, count: 70_000)
    for (from, to) in [([1, 2], content), (content, [1, 2])] {
      let old = try EncodedRow(RowFormat.encode([.int(-5), .bytes(from), .null])[...], columns: columns)
      var changed = ChangedRow(old, columnCount: 3)
      changed[1] = .bytes(to)
      #expect(RowFormat.encode(changed) == RowFormat.encode([.int(-5), .bytes(to), .null]))
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `columns that were added later read as their fill`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    for _ in 0..<100 {
      let (columns, drawn) = Self.row(&values)
      let written = Int.random(in: 0...drawn.count, using: &values.random)
      let row = try EncodedRow(RowFormat.encode(Array(drawn[..<written]))[...], columns: columns)
      #expect(row.columnCount == written)
      #expect(row.values == drawn[..<written] + columns[written...].map(\.fill))
      for position in columns.indices { #expect(row.isNull(position) == row[position].isNull) }
    }
  }

  @Test func `a declared fill is what older rows have`() throws {
    let columns = [ColumnDescription("id", Int.self), ColumnDescription("state", String.self, fill: "active")]
    let row = try EncodedRow(RowFormat.encode([.int(7)])[...], columns: columns)
    #expect(row.values == [.int(7), .string("active")])
  }

  @Test func `a row with more columns than its table is none of it`() {
    let columns = Self.columns([(.int, false)])
    #expect(throws: EncodedRow.Malformed.self) {
      try EncodedRow(RowFormat.encode([.int(1), .int(2)])[...], columns: columns)
    }
  }

  @Test func `NULL in a column without NULL is an error that names the column`() {
    let columns = Self.columns([(.int, false), (.string, false)])
    let error = #expect(throws: EncodedRow.Malformed.self) {
      try EncodedRow(RowFormat.encode([.int(1), .null])[...], columns: columns)
    }
    #expect(error?.column == "c1")
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `an integer takes as few bytes as hold it`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    let columns = Self.columns([(.int, false)])
    for _ in 0..<200 {
      let number = values.integer()
      let bytes = RowFormat.encode([.int(number)])
      let length = bytes.count - 3 - 1 - 2
      #expect(try EncodedRow(bytes[...], columns: columns)[0] == .int(number))
      let shortest =
        number == 0 ? 0 : (1...8).first { $0 == 8 || (-(1 << (8 * $0 - 1))..<(1 << (8 * $0 - 1))).contains(number) }
      #expect(length == shortest, "\(number)")
    }
  }

  @Test func `a row of the most columns reads as it was written`() throws {
    let columns = Self.columns(Array(repeating: (.int, true), count: RowFormat.maximumColumns))
    let values = (0..<RowFormat.maximumColumns).map { $0 % 3 == 0 ? Value.null : .int(Int64($0)) }
    let row = try EncodedRow(RowFormat.encode(values)[...], columns: columns)
    #expect(row.values == values)
  }
}
