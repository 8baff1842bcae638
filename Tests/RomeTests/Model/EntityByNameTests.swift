// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Rome

@Suite struct EntityByNameTests {
  private func code(_ body: () throws(RomeError) -> Void) -> RomeError.Code? {
    do throws(RomeError) {
      try body()
      return nil
    } catch {
      return error.code
    }
  }

  /// A pet whose row is stored.
  private func persistentPet() throws -> HandwrittenPet {
    let pet = HandwrittenPet(name: "Rex")
    pet.id = 7
    let columns = HandwrittenPet.schema.columns
    let row = try EncodedRow(
      RowFormat.encode(columns.indices.map { pet.entityState.value(at: $0) })[...], columns: columns)
    let state = EntityState(of: HandwrittenPet.self)
    try state.adopt(FoundRow(key: KeyEncoder.encode([.int(7)]), version: nil, row: row), version: nil)
    state.status = .persistent
    return HandwrittenPet(entityState: state)
  }

  @Test func columnsAreReadByTheirNamesAndTheirProperties() throws {
    let pet = HandwrittenPet(name: "Rex")
    pet.bornAt = Date(timeIntervalSince1970: 3)
    #expect(try pet.value(of: "name") == .string("Rex"))
    #expect(try pet["name"] == .string("Rex"))
    #expect(try pet["born_at"] == .date(3_000_000))
    #expect(try pet["bornAt"] == .date(3_000_000))
    #expect(try pet["id"] == .null)
    #expect(HandwrittenPet.columnNames == ["id", "name", "born_at", "legs", "address", "kind", "labels"])
  }

  @Test func columnsAreSetByName() throws {
    let pet = HandwrittenPet(name: "Rex")
    try pet.set("Waldi", of: "name")
    try pet.set(3, of: "legs")
    try pet.set(IPAddress("192.0.2.1"), of: "address")
    try pet.set(Kind.cat, of: "kind")
    try pet.set(JSON(["a": "b"]), of: "labels")
    try pet.set(Date(timeIntervalSince1970: 1), of: "bornAt")
    #expect(pet.name == "Waldi")
    #expect(pet.legs == 3)
    #expect(pet.address?.description == "192.0.2.1")
    #expect(pet.kind == .cat)
    #expect(pet.labels["a"] == "b")
    #expect(pet.bornAt == Date(timeIntervalSince1970: 1))
    try pet.set(nil, of: "address")
    #expect(pet.address == nil)
  }

  @Test func anUnknownNameIsAnErrorThatNamesEntityAndColumn() {
    let pet = HandwrittenPet(name: "Rex")
    #expect(throws: RomeError.self) { try pet["nmae"] }
    do throws(RomeError) {
      try pet.set("x", of: "nmae")
      Issue.record("the column exists")
    } catch {
      #expect(error.code == .unknownColumn)
      #expect(error.entity == "pets")
      #expect(error.column == "nmae")
    }
  }

  @Test(arguments: [
    ("name", Value.int(3)), ("name", .json(Array("\"x\"".utf8))), ("legs", .int(40_000)), ("legs", .string("4")),
    ("legs", .double(4)), ("kind", .string("bird")), ("address", .bytes([4, 1])), ("address", .string("192.0.2.1")),
    ("labels", .json(Array("[1]".utf8))), ("id", .bool(true)),
  ])
  func aValueOfAnotherTypeIsAnError(column: String, value: Value) {
    let pet = HandwrittenPet(name: "Rex")
    #expect(code { () throws(RomeError) in try pet.set(value, of: column) } == .wrongType)
    #expect(pet.name == "Rex" && pet.legs == 4 && pet.kind == .dog && pet.address == nil && pet.id == nil)
  }

  @Test func integersOfEveryWidthAreAcceptedWhereTheyFit() throws {
    let pet = HandwrittenPet(name: "Rex")
    try pet.set(5 as Int64, of: "legs")
    #expect(pet.legs == 5)
    try pet.set(6 as UInt8, of: "id")
    #expect(pet.id == 6)
    try pet.set(-32_768, of: "legs")
    #expect(pet.legs == .min)
    #expect(code { () throws(RomeError) in try pet.set(32_768, of: "legs") } == .wrongType)
  }

  @Test func nullIsRefusedWhereTheColumnHasNone() {
    let pet = HandwrittenPet(name: "Rex")
    #expect(code { () throws(RomeError) in try pet.set(nil, of: "name") } == .notNullViolation)
    #expect(code { () throws(RomeError) in try pet.set(Value.null, of: "kind") } == .notNullViolation)
    #expect(code { () throws(RomeError) in try pet.set(String?.none, of: "name") } == .notNullViolation)
  }

  @Test func severalColumnsAreSetAtOnce() throws {
    let pet = HandwrittenPet(name: "Rex")
    try pet.update(["name": "Waldi", "legs": 3, "address": nil, "kind": "cat"])
    #expect(pet.name == "Waldi")
    #expect(pet.legs == 3)
    #expect(pet.kind == .cat)
    let values: [String: any ColumnValue] = ["name": "Hasso", "bornAt": Date(timeIntervalSince1970: 0)]
    try pet.update(values)
    #expect(pet.name == "Hasso")
    #expect(pet.bornAt == Date(timeIntervalSince1970: 0))
  }

  @Test func anUpdateWithAnErrorSetsNothing() {
    let pet = HandwrittenPet(name: "Rex")
    let before = pet.snapshot()
    #expect(code { () throws(RomeError) in try pet.update(["legs": 3, "name": "Waldi", "zzz": 1]) } == .unknownColumn)
    #expect(code { () throws(RomeError) in try pet.update(["legs": 3, "name": nil]) } == .notNullViolation)
    #expect(code { () throws(RomeError) in try pet.update(["id": 3, "name": 4]) } == .wrongType)
    #expect(code { () throws(RomeError) in try pet.update(["born_at": nil, "bornAt": nil]) } == .invalidState)
    #expect(pet.snapshot() == before)
  }

  @Test func thePrimaryKeyOfAStoredRowCannotBeChanged() throws {
    let pet = try persistentPet()
    #expect(code { () throws(RomeError) in try pet.set(8, of: "id") } == .invalidState)
    #expect(code { () throws(RomeError) in try pet.update(["name": "Waldi", "id": 8]) } == .invalidState)
    #expect(pet.id == 7)
    #expect(pet.name == "Rex")
    // The same key is no change, and other columns are free.
    try pet.update(["name": "Waldi", "id": 7])
    #expect(pet.name == "Waldi")
  }

  @Test func thePrimaryKeyOfANewEntityCanBeChanged() throws {
    let pet = HandwrittenPet(name: "Rex")
    try pet.set(8, of: "id")
    try pet.set(9, of: "id")
    #expect(pet.id == 9)
  }

  @Test func theDictionaryHasAllColumns() {
    let pet = HandwrittenPet(name: "Rex")
    #expect(
      pet.toDictionary() == [
        "id": .null, "name": .string("Rex"), "born_at": .null, "legs": .int(4), "address": .null,
        "kind": .string("dog"),
        "labels": .json(Array("{}".utf8)),
      ])
  }
}
