// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// Conditions on the bytes of rows say the same as those on values.
@Suite struct RowConditionTests {
  private struct Case {
    let source: SourceID
    let values: [Value]
    /// The row, which may be older than the last columns of the table.
    let bytes: [UInt8]
  }

  private static func row(_ values: inout RandomValues) -> Case {
    let (columns, row) = RowFormatTests.row(&values)
    let schema = EntitySchema(table: "t", columns: columns, primaryKey: [])
    let written = Int.random(in: 0...row.count, using: &values.random)
    let read = row.enumerated().map { $0.offset < written ? $0.element : columns[$0.offset].fill }
    return Case(source: SourceID(schema), values: read, bytes: RowFormat.encode(Array(row[..<written])))
  }

  private static func leaf(_ row: Case, _ values: inout RandomValues) -> ExpressionNode {
    let position = Int.random(in: row.values.indices, using: &values.random)
    let node = ExpressionNode.column(row.source, position)
    let type = row.source.schema.columns[position].type
    // Often the value of the row itself, so that equalities hold.
    let literal = values.random.chance(0.4) ? row.values[position] : values.value(type)
    switch Int.random(in: 0..<5, using: &values.random) {
    case 0: return .isNull(node)
    case 1:
      return .isIn(node, ValueList([literal, values.nullable(type), values.value(type)]))
    case 2 where type == .string:
      guard case .string(let text) = literal else { return .isNull(node) }
      return .like(node, LikePattern(String(text.prefix(1)) + "%"))
    default:
      let comparisons: [ComparisonOperator] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
      let comparison = comparisons[Int.random(in: 0..<6, using: &values.random)]
      return values.random.chance(0.5)
        ? .comparison(comparison, node, .literal(literal)) : .comparison(comparison, .literal(literal), node)
    }
  }

  private static func condition(_ row: Case, _ values: inout RandomValues, depth: Int) -> ExpressionNode {
    if depth == 0 { return leaf(row, &values) }
    func parts() -> [ExpressionNode] {
      (0..<Int.random(in: 1...3, using: &values.random)).map { _ in condition(row, &values, depth: depth - 1) }
    }
    return switch Int.random(in: 0..<4, using: &values.random) {
    case 0: .and(parts())
    case 1: .or(parts())
    case 2: .not(condition(row, &values, depth: depth - 1))
    default: leaf(row, &values)
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a condition on bytes says what it says of values`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    var formed = 0
    for _ in 0..<300 {
      let row = Self.row(&values)
      if row.values.isEmpty { continue }
      let node = Self.condition(row, &values, depth: 2)
      guard let condition = RowCondition(node, of: row.source) else { continue }
      formed += 1
      let scope = Scope(frame: Frame(), parent: nil, sources: [row.source])
      scope.frame.slots[0] = CoveredRow(key: .first, values: row.values)
      let expected = try scope.bind(node).truth(in: scope.frame)
      let truth = try row.bytes.withUnsafeBytes { condition.truth(try #require(RowView($0))) }
      #expect(truth == (expected.map { $0 ? .yes : .no } ?? .unknown), "\(node) of \(row.values), seed \(seed)")
    }
    #expect(formed > 150)
  }

  @Test func `malformed rows pass the filter, so that decoding them says what is wrong`() throws {
    let columns = [ColumnDescription("n", Int.self), ColumnDescription("s", String.self)]
    let source = SourceID(EntitySchema(table: "t", columns: columns, primaryKey: ["n"]))
    let nodes: [ExpressionNode] = [
      .comparison(.equal, .column(source, 0), .literal(.int(1))),
      .not(.comparison(.equal, .column(source, 1), .literal(.string("x")))),
    ]
    let filter = try #require(RowFilter.of(nodes, source: source).filter)
    let row = RowFormat.encode([.int(1), .string("y")])
    #expect(row.withUnsafeBytes { filter.accepts($0) })
    #expect(!RowFormat.encode([.int(2), .string("y")]).withUnsafeBytes { filter.accepts($0) })
    for bytes in [[], [9], Array(row[..<4])] as [[UInt8]] { #expect(bytes.withUnsafeBytes { filter.accepts($0) }) }
    // The end of the second column lies outside of the row.
    var broken = row
    broken[RowFormat.headerLength + 1 + 2] = 200
    #expect(broken.withUnsafeBytes { filter.accepts($0) })
    #expect(throws: RomeError.self) { try source.schema.decode(broken, key: .first) }
  }
}
