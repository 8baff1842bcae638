// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// Aggregates of the bytes of rows are those of their values.
@Suite struct RowSumsTests {
  private static let functions: [AggregateFunction] = [.count, .sum, .min, .max, .average]

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `aggregates of bytes are those of the values`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    for _ in 0..<20 {
      let (columns, _) = RowFormatTests.row(&values)
      if columns.isEmpty { continue }
      let source = SourceID(EntitySchema(table: "t", columns: columns, primaryKey: []))
      let rows = (0..<Int.random(in: 0...64, using: &values.random)).map { _ -> [Value] in
        let written =
          values.random.chance(0.8) ? columns.count : Int.random(in: 0...columns.count, using: &values.random)
        return columns[..<written].map { column in
          // Small numbers, so that most sums stay within 64 bits.
          if column.type == .int, values.random.chance(0.95) {
            return .int(Int64.random(in: -9...9, using: &values.random))
          }
          return column.isNullable ? values.nullable(column.type) : values.value(column.type)
        }
      }
      let parts = try (0..<6).map { number -> RowSums.Part in
        let column = try #require(RowColumn(Int.random(in: columns.indices, using: &values.random), of: source))
        let function = Self.functions[number % Self.functions.count]
        let isOfRows = function == .count && values.random.chance(0.3)
        let aggregate = BoundAggregate(
          function: function, argument: isOfRows ? nil : ColumnEvaluation(slot: 0, position: column.position),
          isDistinct: !isOfRows && values.random.chance(0.3), place: number)
        return (aggregate, isOfRows ? nil : column)
      }
      let expected = Result { () throws(RomeError) in
        var accumulators = parts.map { Accumulator($0.aggregate) }
        for row in rows {
          for (place, part) in parts.enumerated() {
            let value = part.column.map { $0.position < row.count ? row[$0.position] : $0.fill }
            try accumulators[place].add(value)
          }
        }
        return accumulators.map(\.result)
      }
      let stored = rows.map { MemoryRow(version: .zero, bytes: RowFormat.encode($0)) }
      let together = RowSums(nil, parts)
      let accepted = stored.withUnsafeBufferPointer {
        together.select(from: MemoryRows($0, $0.indices), among: RowSet(first: rows.count), .forward)
      }
      #expect(accepted.isEmpty)
      let oneByOne = RowSums(nil, parts)
      let filter = RowFilter(oneByOne)
      for row in stored { #expect(!row.bytes.withUnsafeBytes { filter.accepts($0) }) }
      for sums in [together, oneByOne] {
        let found = Result { () throws(RomeError) in try sums.accumulators().map(\.result) }
        switch (found, expected) {
        case (.success(let found), .success(let expected)): #expect(found == expected, "seed \(seed)")
        case (.failure(let found), .failure(let expected)): #expect(found.code == expected.code, "seed \(seed)")
        default: Issue.record("\(found) instead of \(expected), seed \(seed)")
        }
      }
    }
  }

  @Test func `malformed rows are handed on and the others are not`() throws {
    let columns = [ColumnDescription("n", Int.self), ColumnDescription("s", String.self)]
    let source = SourceID(EntitySchema(table: "t", columns: columns, primaryKey: ["n"]))
    let aggregate = BoundAggregate(
      function: .sum, argument: ColumnEvaluation(slot: 0, position: 0), isDistinct: false, place: 0)
    let sums = RowSums(nil, [(aggregate, RowColumn(0, of: source))])
    let good = RowFormat.encode([.int(1), .string("y")])
    // Nine bytes are no integer.
    let bad = RowFormat.encode([.string("123456789"), .string("y")])
    let rows = [good, bad, [], good].map { MemoryRow(version: .zero, bytes: $0) }
    let accepted = rows.withUnsafeBufferPointer {
      sums.select(from: MemoryRows($0, $0.indices), among: RowSet(first: 4), .forward)
    }
    var places: [Int] = []
    accepted.forEach(in: .backward) { places.append($0) }
    #expect(places == [2, 1])
    #expect(try sums.accumulators().map(\.result) == [.int(2)])
  }
}
