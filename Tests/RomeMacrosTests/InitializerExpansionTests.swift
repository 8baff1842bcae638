// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct InitializerExpansionTests {
  @Test func aRelationshipStandsForColumnsThatMustHaveAValue() {
    assertExpansion(
      """
      @Entity("disks")
      final class Disk {
        @PrimaryKey var id: Int?
        var hostID: Int
        var zone: String = "a"
        @ToOne(\\Disk.hostID, \\Disk.zone) var host: Host?
        @ToOne(\\Disk.id) var twin: Disk?
      }
      """,
      """
      final class Disk {
        @Rome._Column(0) var id: Int?
        @Rome._Column(1)
        var hostID: Int
        @Rome._Column(2)
        var zone: String = "a"
        var host: Host? {
          get async throws(Rome.RomeError) {
            try await entityState.load(Self.host)
          }
        }
        var twin: Disk? {
          get async throws(Rome.RomeError) {
            try await entityState.load(Self.twin)
          }
        }

        static var tableName: Swift.String {
          "disks"
        }

        static let schema = Rome.EntitySchema(
          table: tableName,
          columns: [
            .init("id", Int?.self),
            .init("host_id", Int.self, property: "hostID"),
            .init("zone", String.self, constant: "a")
          ],
          primaryKey: ["id"])

        let entityState: Rome.EntityState

        init(entityState: Rome.EntityState) {
          self.entityState = entityState
        }

        init(
          id: Int? = nil,
          hostID: Int,
          zone: String = "a",
          host: Host? = nil,
          twin: Disk? = nil
        ) {
          entityState = Rome.EntityState(of: Disk.self)
          self.id = id
          self.hostID = hostID
          self.zone = zone
          if let host {
            entityState.assign(Disk.host, host)
          }
          if let twin {
            entityState.assign(Disk.twin, twin)
          }
        }

        init(
          id: Int? = nil,
          zone: String = "a",
          host: Host,
          twin: Disk? = nil
        ) {
          entityState = Rome.EntityState(of: Disk.self)
          self.id = id
          entityState.reserve(1)
          self.zone = zone
          entityState.assign(Disk.host, host)
          if let twin {
            entityState.assign(Disk.twin, twin)
          }
        }

        static var id: Rome.Column<Disk, Int?> {
          .init(0)
        }

        static var hostID: Rome.Column<Disk, Int> {
          .init(1)
        }

        static var zone: Rome.Column<Disk, String> {
          .init(2)
        }

        static var host: Rome.ToOne<Disk, Host> {
          .init("host", columns: [Disk.hostID.name, Disk.zone.name])
        }

        static var twin: Rome.ToOne<Disk, Disk> {
          .init("twin", Disk.id)
        }
      }

      extension Disk: Rome.Entity {
      }
      """)
  }

  @Test func theInitialiserOfTheClassTakesTheMacrosPlace() {
    assertExpansion(
      """
      @Entity("a")
      final class A {
        @PrimaryKey var id: Int
        var `default`: Bool
        @Transient var scratch: Int = 0
        @Transient var note: String?
        static let limit = 3
        var twice: Int { id * 2 }
        func work() {}
        init(id: Int, `default`: Bool) {
          entityState = EntityState(of: A.self)
        }
      }
      """,
      """
      final class A {
        @Rome._Column(0) var id: Int
        @Rome._Column(1)
        var `default`: Bool
        var scratch: Int = 0
        var note: String?
        static let limit = 3
        var twice: Int { id * 2 }
        func work() {}
        init(id: Int, `default`: Bool) {
          entityState = EntityState(of: A.self)
        }

        static var tableName: Swift.String {
          "a"
        }

        static let schema = Rome.EntitySchema(
          table: tableName,
          columns: [
            .init("id", Int.self),
            .init("default", Bool.self)
          ],
          primaryKey: ["id"])

        let entityState: Rome.EntityState

        init(entityState: Rome.EntityState) {
          self.entityState = entityState
        }

        static var id: Rome.Column<A, Int> {
          .init(0)
        }

        static var `default`: Rome.Column<A, Bool> {
          .init(1)
        }
      }

      extension A: Rome.Entity {
      }
      """)
  }

  @Test func privateColumnsHideTheInitialiserUnlessTheyCanBeLeftOut() {
    assertExpansion(
      """
      @Entity("a")
      public final class A {
        @PrimaryKey public var id: Int
        private var secret: String?
        fileprivate var salt: Int
      }
      """,
      """
      public final class A {
        @Rome._Column(0) public var id: Int
        @Rome._Column(1)
        private var secret: String?
        @Rome._Column(2)
        fileprivate var salt: Int

        public static var tableName: Swift.String {
          "a"
        }

        public static let schema = Rome.EntitySchema(
          table: tableName,
          columns: [
            .init("id", Int.self),
            .init("secret", String?.self),
            .init("salt", Int.self)
          ],
          primaryKey: ["id"])

        public let entityState: Rome.EntityState

        public init(entityState: Rome.EntityState) {
          self.entityState = entityState
        }

        fileprivate init(
          id: Int,
          salt: Int
        ) {
          entityState = Rome.EntityState(of: A.self)
          self.id = id
          self.salt = salt
        }

        public static var id: Rome.Column<A, Int> {
          .init(0)
        }

        private static var secret: Rome.Column<A, String?> {
          .init(1)
        }

        fileprivate static var salt: Rome.Column<A, Int> {
          .init(2)
        }
      }

      extension A: Rome.Entity {
      }
      """)
  }
}
