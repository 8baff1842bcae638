// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Foundation
  import Rome
  import Testing

  /// The code of *Entities*.
  @Suite struct EntitiesTests {
    @Entity("hosts", mixins: .timestamps, .softDelete(.id), indexes: .unique("name", "deleted"), .index("zone", .descending("memory")))
    final class Host {
      @PrimaryKey var id: Int?
      var name: String
      var zone: String = "a"
      var memory: Int
      var state: HostState = .active
      var address: IPAddress?
      var labels: JSON<[String: String]> = [:]
      @Column("mail_address") var contact: String?
      @References(Rack.self, onDelete: .setNull) var rackID: Int?
      @ToOne(\Host.rackID) var rack: Rack?
      @Transient var load = 0.0
    }

    enum HostState: String, ColumnValue, Codable {
      case active
      case retired
    }

    struct Megabytes: ColumnValue, Equatable {
      var count: Int
      static var columnType: ColumnType { .int }
      var value: Value { .int(Int64(count)) }
      init(_ count: Int) { self.count = count }
      init?(value: Value) {
        guard case .int(let number) = value, number >= 0 else { return nil }
        count = Int(number)
      }
    }

    @Entity("disks")
    final class Disk {
      @PrimaryKey var id: Int?
      var size: Megabytes
    }

    @Test func hosts() async throws {
      let session = RomeSession(MemoryStore())

      let host = Host(name: "n1", memory: 64, address: IPAddress("192.0.2.1"))
      session.add(host)
      try await session.commit()
      let large = try await session.query(Host.self).filter(Host.memory >= 32, Host.state == .active).all()

      #expect(large.count == 1 && large.first === host)
      #expect(host.createdAt != nil && host.updatedAt == nil)

      host.labels.wrapped["role"] = "compute"
      try await session.commit()

      #expect(host.updatedAt != nil)
      #expect(try await RomeSession(session.store).get(Host.self, host.id)?.labels.wrapped == ["role": "compute"])

      try host.update(["memory": 128, "zone": "b", "contact": nil])
      let memory = try host["memory"]
      let values = host.toDictionary()
      print(Host.columnNames, memory, values.count)

      #expect(memory == .int(128) && host.zone == "b")
      #expect(Host.columnNames.suffix(2) == ["mail_address", "rack_id"])
      #expect(Host.columnNames.prefix(4) == ["created_at", "updated_at", "deleted", "deleted_at"])
      await expectError(.unknownColumn) { try host.update(["memory": 1, "size": 1]) }
      #expect(host.memory == 128)

      let snapshot = host.snapshot()
      let data = try JSONEncoder().encode(snapshot)
      let copy = Host(try JSONDecoder().decode(Host.Snapshot.self, from: data))

      #expect(copy.snapshot() == snapshot)
      try await session.commit()

      try session.softDelete(host)
      try await session.commit()
      let none = try await session.query(Host.self).filter(Host.name == "n1").first()
      let again = try await session.query(Host.self, readDeleted: .only).filter(Host.name == "n1").first()

      #expect(none == nil && again === host)
      #expect(try await session.get(Host.self, host.id) === host)
      session.add(Host(name: "n1", memory: 1))
      try await session.commit()
      #expect(try await session.query(Host.self).filter(Host.name == "n1").one().memory == 1)
    }

    @Test func aTypeOfYourOwnIsAColumn() async throws {
      let session = RomeSession(MemoryStore())
      session.add(Disk(size: Megabytes(3)))
      try await session.commit()
      let check = RomeSession(session.store)
      #expect(try await check.query(Disk.self).filter(Disk.size == Megabytes(3)).one().size == Megabytes(3))
      #expect(try await check.query(Disk.self).filter(Disk.size == Megabytes(4)).count() == 0)
    }

    @Test func columnsAreNamedInSnakeCase() throws {
      let position = try #require(Host.schema.position(of: "rackID"))
      #expect(Host.schema.columns[position].name == "rack_id")
      #expect(Host.schema.foreignKeys.first?.description.onDelete == .setNull)
    }
  }

  /// The code of *Entities* for programs without the macros.
  @Suite struct HandwrittenEntitiesTests {
    @Test func theyAreAsGoodAsThoseOfTheMacro() async throws {
      let session = RomeSession(MemoryStore())

      let rack = Rack(name: "r1")
      session.addAll([rack, Slot(rack: rack, number: 1, label: "top"), Slot(rack: rack, number: 2)])
      try await session.commit()
      let labelled = try await session.query(Rack.self).filter(Rack.slots.any(Slot.label != nil)).one()

      #expect(labelled === rack && rack.height == 42)
      #expect(try await rack.slots.map(\.number) == [1, 2])
      #expect(try await session.get(Slot.self, 1, 2)?.rack === rack)
      session.delete(rack)
      try await session.commit()
      #expect(try await session.query(Slot.self).count() == 0)
    }
  }
#endif
