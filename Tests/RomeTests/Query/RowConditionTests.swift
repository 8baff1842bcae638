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

  /// What the condition says of values; nil when it is unknown.
  private static func truth(_ node: ExpressionNode, of values: [Value], _ source: SourceID) throws -> Bool? {
    let scope = Scope(frame: Frame(), parent: nil, sources: [source])
    scope.frame.slots[0] = CoveredRow(key: .first, values: values)
    return try scope.bind(node).truth(in: scope.frame)
  }

  /// Whether the condition holds for the bytes of a row; nil when they are malformed.
  private static func holds(_ condition: RowCondition, for bytes: [UInt8]) -> Bool? {
    var malformed = RowSet()
    let rows = [MemoryRow(version: .zero, bytes: bytes)]
    let found = rows.withUnsafeBufferPointer {
      condition.select(from: MemoryRows($0, 0..<1), among: RowSet(first: 1), malformed: &malformed)
    }
    return malformed.isEmpty ? !found.isEmpty : nil
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a condition on bytes, and its negation, say what they say of values`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    var formed = 0
    for _ in 0..<300 {
      let row = Self.row(&values)
      if row.values.isEmpty { continue }
      let node = Self.condition(row, &values, depth: 2)
      guard let condition = RowCondition(node, of: row.source) else { continue }
      formed += 1
      let expected = try Self.truth(node, of: row.values, row.source)
      #expect(
        Self.holds(condition, for: row.bytes) == (expected == true), "\(node) of \(row.values), seed \(seed)")
      let negated = try #require(RowCondition(.not(node), of: row.source))
      #expect(
        Self.holds(negated, for: row.bytes) == (expected == false), "NOT \(node) of \(row.values), seed \(seed)")
    }
    #expect(formed > 150)
  }

  @Test(arguments: RandomValues.types, 0..<4 as Range<UInt64>)
  func `every comparison with a column of a type says what it says of values`(type: ColumnType, seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    let columns = RowFormatTests.columns([(.string, true), (type, true), (.int, true)])
    let source = SourceID(EntitySchema(table: "t", columns: columns, primaryKey: []))
    let node = ExpressionNode.column(source, 1)
    var pool = (0..<12).map { _ in values.value(type) }
    switch type {
    case .int: pool += [.int(.min), .int(-1), .int(0), .int(1), .int(255), .int(.max)]
    case .date: pool += [.date(.min), .date(-1), .date(0), .date(.max)]
    case .string: pool += (0...20).map { .string(String(repeating: "x", count: $0)) }
    case .bytes: pool += (0...20).map { .bytes(Array(repeating: 0, count: $0)) }
    default: break
    }
    let comparisons: [ComparisonOperator] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
    for literal in pool {
      var nodes = comparisons.map { ExpressionNode.comparison($0, node, .literal(literal)) }
      nodes += [.isNull(node), .isIn(node, ValueList([literal, pool[0]])), .isIn(node, ValueList([literal, .null]))]
      nodes += nodes.map { .not($0) }
      for node in nodes {
        let condition = try #require(RowCondition(node, of: source))
        for value in pool + [.null, nil] {
          // Without the value the row is older than the column.
          let row: [Value] = value.map { [.null, $0, .int(7)] } ?? [.string("first")]
          let read = [row[0], value ?? columns[1].fill, .int(7)]
          let expected = try Self.truth(node, of: read, source)
          #expect(
            Self.holds(condition, for: RowFormat.encode(row)) == (expected == true), "\(node) of \(read), seed \(seed)")
        }
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `rows of several ages are told apart as each of them is alone`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    for _ in 0..<20 {
      let (columns, _) = RowFormatTests.row(&values)
      if columns.isEmpty { continue }
      let schema = EntitySchema(table: "t", columns: columns, primaryKey: [])
      let source = SourceID(schema)
      let rows = (0..<Int.random(in: 1...64, using: &values.random)).map { _ in
        let written =
          values.random.chance(0.7) ? columns.count : Int.random(in: 0...columns.count, using: &values.random)
        var bytes = RowFormat.encode(columns[..<written].map { values.nullable($0.type) })
        if values.random.chance(0.1) {
          bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &values.random)))
        }
        return MemoryRow(version: .zero, bytes: bytes)
      }
      let sample = Case(source: source, values: columns.map { values.nullable($0.type) }, bytes: [])
      let node = Self.condition(sample, &values, depth: 2)
      guard let condition = RowCondition(node, of: source) else { continue }
      var malformed = RowSet()
      let found = rows.withUnsafeBufferPointer {
        condition.select(
          from: MemoryRows($0, $0.indices), among: RowSet(first: rows.count), malformed: &malformed)
      }
      for (place, row) in rows.enumerated() {
        let alone = Self.holds(condition, for: row.bytes)
        #expect(found.contains(place) == (alone == true), "row \(place) of \(node), seed \(seed)")
        #expect(malformed.contains(place) == (alone == nil), "row \(place) of \(node), seed \(seed)")
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `of damaged rows a condition says what it says of whole ones, or that they are malformed`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    var (damaged, readable) = (0, 0)
    for _ in 0..<400 {
      let row = Self.row(&values)
      if row.values.isEmpty || row.bytes.count <= RowFormat.headerLength { continue }
      var bytes = row.bytes
      let place = Int.random(in: 0..<min(bytes.count, 60), using: &values.random)
      bytes[place] = UInt8.random(in: .min ... .max, using: &values.random)
      let node = Self.condition(row, &values, depth: 1)
      guard let condition = RowCondition(node, of: row.source) else { continue }
      damaged += 1
      // Only what can be decoded has an answer; of the rest it must merely be possible to ask.
      let found = Self.holds(condition, for: bytes)
      guard let whole = try? EncodedRow(bytes[...], columns: row.source.schema.columns) else { continue }
      readable += 1
      let scope = Scope(frame: Frame(), parent: nil, sources: [row.source])
      scope.frame.slots[0] = WholeRow(FoundRow(key: .first, version: nil, row: whole))
      let expected = try scope.bind(node).truth(in: scope.frame)
      #expect(found == (expected == true), "\(node) of \(bytes), seed \(seed)")
    }
    #expect(damaged > 100 && readable > 20)
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
