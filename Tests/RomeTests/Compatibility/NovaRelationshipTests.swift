// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Testing

  @testable import Rome

  /// The original's `test/nova/features/test_relationships.py`.
  @Suite struct NovaRelationshipTests {
    @Test("test_relationships_single_str: by the key, which is a text", arguments: TestStore.all)
    func byKey(_ kind: TestStore) async throws {
      let session = RomeSession(try await kind.make())
      session.add(Machine(uuid: "uuid-1"))
      let cache = InfoCache(instanceUUID: "uuid-1")
      session.add(cache)
      try await session.commit()
      #expect(try await cache.machine?.uuid == "uuid-1")
      let machine = try #require(try await RomeSession(session.store).get(Machine.self, "uuid-1"))
      #expect(try await machine.infoCaches.map(\.id) == [1])
      cache.instanceUUID = nil
      #expect(try await cache.machine == nil)
      try await session.commit()
      #expect(
        try await RomeSession(session.store).query(InfoCache.self).filter(InfoCache.instanceUUID == nil).count() == 1)
    }

    @Test("test_relationships_single_object: by the object, from either side", arguments: TestStore.all, [false, true])
    func byObject(_ kind: TestStore, _ isSetFromTheOwner: Bool) async throws {
      let session = RomeSession(try await kind.make())
      let machine = Machine(uuid: "uuid-2")
      let cache = InfoCache()
      session.addAll([machine, cache])
      if isSetFromTheOwner {
        cache.set(InfoCache.machine, to: machine)
      } else {
        machine.add(cache, to: Machine.infoCaches)
      }
      try await session.commit()
      #expect(cache.instanceUUID == "uuid-2")
      #expect(try await cache.machine === machine)
      #expect(try await machine.infoCaches.first === cache)
    }

    @Test("test_relationships_list_int: a list and its way back", arguments: TestStore.all)
    func aList(_ kind: TestStore) async throws {
      let session = RomeSession(try await kind.make())
      let network = AddressNetwork()
      session.add(network)
      for number in 1...3 { network.add(FixedAddress(address: "10.0.0.\(number)"), to: AddressNetwork.fixedIPs) }
      try await session.commit()
      let check = RomeSession(session.store)
      let loaded = try #require(try await check.get(AddressNetwork.self, network.id))
      let addresses = try await loaded.fixedIPs
      #expect(addresses.map(\.address).sorted() == ["10.0.0.1", "10.0.0.2", "10.0.0.3"])
      for address in addresses {
        #expect(address.networkID == network.id)
        #expect(try await address.network === loaded)
      }
    }
  }
#endif
