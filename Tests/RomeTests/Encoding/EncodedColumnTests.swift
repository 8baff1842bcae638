// SPDX-License-Identifier: Apache-2.0

import Foundation
import RomeTesting
import Testing

@testable import Rome

/// An entity whose initialiser sets a property, as only one written by hand can.
private final class Stamped: Entity {
  static let schema = EntitySchema(
    table: "stamped", columns: [ColumnDescription("id", Int.self), ColumnDescription("note", String?.self)],
    primaryKey: ["id"])
  static var id: Column<Stamped, Int> { Column(0) }

  let entityState: EntityState

  init(entityState: EntityState) {
    self.entityState = entityState
    note = "loaded"
  }

  init(id: Int) {
    entityState = EntityState(of: Stamped.self)
    self.id = id
  }

  var id: Int {
    get { entityState[0] }
    set { entityState[0] = newValue }
  }
  var note: String? {
    get { entityState[1] }
    set { entityState[1] = newValue }
  }
}

@Suite struct EncodedColumnTests {
  /// What a type makes of a column in the bytes of the row, and by its value.
  private func isSame<T: ColumnValue>(_ type: T.Type, _ state: EntityState, _ position: Int) -> Bool {
    let read = T.decoded(from: EncodedColumn(state, position)) ?? T(value: state.value(at: position))
    return read?.value == T(value: state.value(at: position))?.value
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `a column is read from its bytes as from its value`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    let session = RomeSession(MemoryStore())
    for _ in 0..<200 {
      let (columns, drawn) = RowFormatTests.row(&values)
      // Documents are decoded when their row is loaded, and most of those drawn are none.
      if columns.contains(where: { $0.type == .json }) { continue }
      let schema = EntitySchema(table: "t", columns: columns, primaryKey: [])
      // The row may be from before some columns were added.
      let written = Int.random(in: 0...drawn.count, using: &values.random)
      let row = try EncodedRow(RowFormat.encode(Array(drawn[..<written]))[...], columns: columns)
      let found = FoundRow(key: .first, version: Revision(rawValue: 1), row: row)
      let state = try EntityState(schema: schema, found, version: found.version, session: session)
      let isSet = drawn.map { _ in values.random.chance(0.2) }
      for position in drawn.indices where isSet[position] {
        let column = columns[position]
        state.set(column.isNullable ? values.nullable(column.type) : drawn[position], at: position)
      }
      for position in columns.indices {
        let column = columns[position]
        func check<T: ColumnValue>(_ type: T.Type) -> Bool {
          column.isNullable ? isSame(T?.self, state, position) : isSame(type, state, position)
        }
        let isRight =
          switch column.type {
          case .bool: check(Bool.self)
          case .int: check(Int.self) && check(Int64.self)
          case .double: check(Double.self) && check(Float.self)
          case .string: check(String.self)
          case .bytes: check([UInt8].self) && check(Data.self)
          case .date: check(Date.self)
          case .uuid: check(UUID.self)
          case .json: false
          }
        #expect(isRight, "seed \(seed), column \(position) of \(column.type)")
        // Of a column of another type nothing is read.
        if column.type != .int { #expect(EncodedColumn(state, position).integer == nil) }
        if column.type != .string { #expect(EncodedColumn(state, position).string == nil) }
        if isSet[position] { #expect(EncodedColumn(state, position).isNull == false) }
      }
    }
  }

  @Test func `an initialiser may set a property of the entity that is loaded`() async throws {
    let store = MemoryStore()
    let first = RomeSession(store)
    first.addAll([Stamped(id: 1), Stamped(id: 2)])
    try await first.commit()
    let session = RomeSession(store)
    let loaded = try await session.query(Stamped.self).all()
    #expect(loaded.map(\.note) == ["loaded", "loaded"])
    // Nobody asked for a change of the row.
    #expect(try await session.commit() == nil)
    let again = try await session.get(Stamped.self, 1)
    #expect(again === loaded.first)
  }
}
