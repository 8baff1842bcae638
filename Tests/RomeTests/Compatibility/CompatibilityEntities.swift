// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Foundation

  @testable import Rome

  /// The tables of the original's compatibility tests.
  @Entity("Authors")
  final class Novelist {
    @PrimaryKey var id: Int?
    var name: String
    @ToMany(\Work.authorID) var works: [Work]
  }

  @Entity("Books")
  final class Work {
    @PrimaryKey var id: Int?
    var title: String
    @References(Novelist.self) var authorID: Int?
    @ToOne(\Work.authorID) var author: Novelist?
  }

  /// The animals of the original's tutorial.
  @Entity("species")
  final class Specy {
    @PrimaryKey var id: Int?
    var name: String
    @ToMany(\Dog.specyID) var dogs: [Dog]
  }

  @Entity("dogs")
  final class Dog {
    @PrimaryKey var id: Int?
    @Indexed var name: String
    @References(Specy.self) var specyID: Int?
    var age: Int?
    var isGood: Bool = true
    var born: Date?
    @ToOne(\Dog.specyID) var specy: Specy?
  }

  /// An address that many want.
  @Entity("fixed_ips")
  final class FixedAddress {
    @PrimaryKey var id: Int?
    @Unique var address: String
    @Indexed var isAllocated: Bool = false
    @References(AddressNetwork.self) var networkID: Int?
    @ToOne(\FixedAddress.networkID) var network: AddressNetwork?
  }

  @Entity("networks")
  final class AddressNetwork {
    @PrimaryKey var id: Int?
    var label: String = "private"
    @ToMany(\FixedAddress.networkID) var fixedIPs: [FixedAddress]
  }

  /// A key that is a text, and a row that refers to it.
  @Entity("instances")
  final class Machine {
    @PrimaryKey var uuid: String
    @Indexed var status: String = "ACTIVE"
    @ToMany(\InfoCache.instanceUUID) var infoCaches: [InfoCache]
  }

  @Entity("instance_info_caches")
  final class InfoCache {
    @PrimaryKey var id: Int?
    @References(Machine.self) var instanceUUID: String?
    @ToOne(\InfoCache.instanceUUID) var machine: Machine?
  }

  @Entity("bank_accounts")
  final class BankAccount {
    @PrimaryKey var id: Int?
    var money: Int = 0
  }

  /// Authors 1 to 4, of whom the last has no book, and a book without an author.
  func makeNovelists(_ kind: TestStore) async throws -> RomeSession {
    let session = RomeSession(try await kind.make())
    let names = ["Asimov", "Brin", "Clarke", "Delany"]
    for name in names { session.add(Novelist(name: name)) }
    try await session.commit()
    for (title, author) in [
      ("Foundation", 1), ("Startide", 2), ("Rama", 3), ("Robots", 1), ("Beowulf", nil),
    ] as [(String, Int?)] {
      session.add(Work(title: title, authorID: author))
    }
    try await session.commit()
    return RomeSession(session.store)
  }
#endif
