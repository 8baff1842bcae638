// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Foundation
  import RomeTesting
  import Testing

  @testable import Rome

  @Entity("macro_hosts", mixins: .timestamps)
  private final class Host {
    @PrimaryKey var id: Int?
    @Unique var name: String
    var address: IPAddress?
    var kind: Kind = .dog
    var labels: JSON<[String: String]> = [:]
    @ToMany(\Disk.hostID) var disks: [Disk]
  }

  @Entity("macro_disks")
  private final class Disk {
    @PrimaryKey var id: Int?
    var size: Int
    @References(Host.self, onDelete: .cascade) var hostID: Int
    @ToOne(\Disk.hostID) var host: Host?
  }

  /// Entities of the macro in a session: they behave as those that are written by hand, on which the other suites run.
  @Suite struct MacroSessionTests {
    @Test(arguments: TestStore.all)
    func rowsComeBackAsTheyWere(on testStore: TestStore) async throws {
      let store = try await testStore.make()
      let host = Host(name: "a", address: IPAddress("2001:db8::1"), kind: .cat, labels: ["zone": "x"])
      try await RomeSession(store).transaction { $0.add(host) }
      let session = RomeSession(store)
      let found = try #require(try await session.find(Host.self, host.id ?? 0))
      #expect(found.snapshot() == host.snapshot())
      #expect(found.name == "a" && found.address == IPAddress("2001:db8::1") && found.kind == .cat)
      #expect(found.labels["zone"] == "x")
      #expect(found.createdAt != nil)
      try await expectClean(store)
    }

    @Test(arguments: TestStore.all)
    func aRelationshipStandsForAColumnThatMustHaveAValue(on testStore: TestStore) async throws {
      let store = try await testStore.make()
      let session = RomeSession(store)
      try await session.transaction { session in
        let host = Host(name: "a")
        let disk = Disk(size: 3, host: host)
        #expect(disk.hostID == 0)
        session.add(host)
        session.add(disk)
        try await session.flush()
        #expect(disk.hostID == host.id)
      }
      let reader = RomeSession(store)
      let disk = try #require(try await reader.find(Disk.size, 3).first)
      let host = try #require(try await disk.host)
      #expect(host.name == "a")
      #expect(try await host.disks.map(\.size) == [3])
      try await expectClean(store)
    }

    @Test(arguments: TestStore.all)
    func columnsSetByNameAreStored(on testStore: TestStore) async throws {
      let store = try await testStore.make()
      let session = RomeSession(store)
      let host = Host(name: "a")
      session.add(host)
      try await session.commit()
      try host.update(["name": "b", "kind": "cat", "address": IPAddress("192.0.2.1"), "labels": JSON(["zone": "y"])])
      try await session.commit()
      let found = try #require(try await RomeSession(store).find(Host.self, host.id ?? 0))
      #expect(found.name == "b" && found.kind == .cat && found.address == IPAddress("192.0.2.1"))
      #expect(found.labels == ["zone": "y"])
      await expectError(.invalidState) { try found.set(99, of: "id") }
    }

    @Test(arguments: [1, 2, 3, 4, 5])
    func updatesByNameAgreeWithADictionary(seed: UInt64) throws {
      var generator = SeededGenerator(seed: seed)
      let host = Host(name: "a")
      var model = host.toDictionary()
      let candidates: [Value] = [
        .null, .bool(true), .int(3), .int(1 << 40), .double(1), .string("cat"), .string("x"), .bytes([4, 1, 2, 3, 4]),
        .bytes([1]), .date(5), .json(Array(#"{"a":"b"}"#.utf8)), .json(Array("3".utf8)),
      ]
      let fits: [String: Set<Value>] = [
        "created_at": [.null, .date(5)], "updated_at": [.null, .date(5)], "id": [.null, .int(3), .int(1 << 40)],
        "name": [.string("cat"), .string("x")], "address": [.null, .bytes([4, 1, 2, 3, 4])], "kind": [.string("cat")],
        "labels": [.json(Array(#"{"a":"b"}"#.utf8))],
      ]
      for step in 0..<500 {
        guard let name = (Host.columnNames + ["nothing"]).randomElement(using: &generator),
          let value = candidates.randomElement(using: &generator)
        else { continue }
        let isAccepted = fits[name]?.contains(value) ?? false
        if isAccepted { model[name] = value }
        do throws(RomeError) {
          try host.set(value, of: name)
          #expect(isAccepted, "seed \(seed), step \(step): \(name) = \(value)")
        } catch {
          #expect(!isAccepted, "seed \(seed), step \(step): \(name) = \(value): \(error)")
        }
        #expect(host.toDictionary() == model, "seed \(seed), step \(step)")
        // What was accepted can be read by its type.
        #expect(Host(host.snapshot()).labels == host.labels && host.snapshot().kind == host.kind)
      }
    }
  }
#endif
