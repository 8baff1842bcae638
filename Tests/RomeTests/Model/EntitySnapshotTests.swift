// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import Testing

@Suite struct EntitySnapshotTests {
  private func pet() -> HandwrittenPet {
    let pet = HandwrittenPet(name: "Rex")
    pet.id = 7
    pet.bornAt = Date(timeIntervalSince1970: 1_700_000_000.25)
    pet.address = IPAddress("2001:db8::1")
    pet.kind = .cat
    pet.labels = ["zone": "a"]
    return pet
  }

  @Test func columnsAreMembers() {
    let snapshot = pet().snapshot()
    #expect(snapshot.id == 7)
    #expect(snapshot.name == "Rex")
    #expect(snapshot.bornAt == Date(timeIntervalSince1970: 1_700_000_000.25))
    #expect(snapshot.legs == 4)
    #expect(snapshot.address == IPAddress("2001:db8::1"))
    #expect(snapshot.kind == .cat)
    #expect(snapshot.labels["zone"] == "a")
  }

  @Test func aSnapshotDoesNotFollowItsEntity() {
    let pet = pet()
    let snapshot = pet.snapshot()
    pet.name = "Waldi"
    #expect(snapshot.name == "Rex")
    #expect(snapshot != pet.snapshot())
  }

  @Test func aSnapshotCanBeChanged() {
    var snapshot = pet().snapshot()
    let original = snapshot
    snapshot.name = "Waldi"
    snapshot.labels["zone"] = nil
    #expect(snapshot.name == "Waldi")
    #expect(snapshot.labels == [:])
    #expect(original.name == "Rex")
  }

  @Test func equalValuesAreEqualSnapshots() {
    #expect(pet().snapshot() == pet().snapshot())
    #expect(Set([pet().snapshot(), pet().snapshot()]).count == 1)
    let other = pet()
    other.legs = 3
    #expect(Set([pet().snapshot(), other.snapshot()]).count == 2)
  }

  @Test func jsonHasTheNamesOfTheProperties() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.dateEncodingStrategy = .secondsSince1970
    let text = String(decoding: try encoder.encode(pet().snapshot()), as: UTF8.self)
    #expect(
      text == """
        {"address":"2001:db8::1","bornAt":1700000000.25,"id":7,"kind":"cat","labels":{"zone":"a"},"legs":4,"name":"Rex"}
        """)
  }

  @Test func aSnapshotSurvivesCodable() throws {
    let snapshot = pet().snapshot()
    let json = try JSONDecoder().decode(HandwrittenPet.Snapshot.self, from: JSONEncoder().encode(snapshot))
    #expect(json == snapshot)
    let list = try PropertyListDecoder().decode(
      HandwrittenPet.Snapshot.self, from: PropertyListEncoder().encode(snapshot))
    #expect(list == snapshot)
    let empty = HandwrittenPet(name: "").snapshot()
    #expect(try JSONDecoder().decode(HandwrittenPet.Snapshot.self, from: JSONEncoder().encode(empty)) == empty)
  }

  @Test func aMissingColumnIsNullOrAnError() throws {
    let complete = #"{"name":"Rex","legs":4,"kind":"dog","labels":{},"address":null}"#
    let snapshot = try JSONDecoder().decode(HandwrittenPet.Snapshot.self, from: Data(complete.utf8))
    #expect(snapshot.id == nil && snapshot.address == nil)
    let incomplete = #"{"legs":4,"kind":"dog","labels":{}}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(HandwrittenPet.Snapshot.self, from: Data(incomplete.utf8))
    }
  }

  @Test(arguments: [
    #"{"name":"Rex","legs":40000,"kind":"dog","labels":{}}"#, #"{"name":"Rex","legs":4,"kind":"bird","labels":{}}"#,
    #"{"name":3,"legs":4,"kind":"dog","labels":{}}"#, #"{"name":null,"legs":4,"kind":"dog","labels":{}}"#,
    #"{"name":"Rex","legs":4,"kind":"dog","labels":[1]}"#,
    #"{"name":"Rex","legs":4,"kind":"dog","labels":{},"address":"nowhere"}"#,
  ])
  func aValueOfAnotherTypeIsADecodingError(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(HandwrittenPet.Snapshot.self, from: Data(text.utf8))
    }
  }

  @Test func anEntityIsMadeOfASnapshot() {
    let snapshot = pet().snapshot()
    let copy = HandwrittenPet(snapshot)
    #expect(copy.snapshot() == snapshot)
    #expect(copy.entityState.status == .transient)
    copy.name = "Waldi"
    #expect(snapshot.name == "Rex")
  }

  @Test func aSnapshotCrossesToOtherTasks() async {
    let snapshot = pet().snapshot()
    let name = await Task.detached { snapshot.name }.value
    #expect(name == "Rex")
  }

  @Test func aTypeThatIsNotCodableIsEncodedAsItIsStored() throws {
    let thing = Thing(entityState: EntityState(of: Thing.self))
    thing.temperature = Temperature(kelvin: 300)
    let data = try JSONEncoder().encode(thing.snapshot())
    #expect(String(decoding: data, as: UTF8.self) == #"{"temperature":300}"#)
    #expect(try JSONDecoder().decode(Thing.Snapshot.self, from: data).temperature.kelvin == 300)
  }
}

private struct Temperature: ColumnValue {
  let kelvin: Double

  static var columnType: ColumnType { .double }
  var value: Value { .double(kelvin) }

  init(kelvin: Double) {
    self.kelvin = kelvin
  }

  init?(value: Value) {
    guard case .double(let kelvin) = value, kelvin >= 0 else { return nil }
    self.kelvin = kelvin
  }
}

private final class Thing: Entity {
  static let schema = EntitySchema(
    table: "things", columns: [ColumnDescription("temperature", Temperature.self)], primaryKey: ["temperature"])
  static var temperature: Column<Thing, Temperature> { Column(0) }
  let entityState: EntityState

  init(entityState: EntityState) {
    self.entityState = entityState
  }

  var temperature: Temperature {
    get { entityState[0] }
    set { entityState[0] = newValue }
  }
}
