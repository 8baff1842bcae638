// SPDX-License-Identifier: Apache-2.0

import JSONService
import RomeNova
import Testing

@testable import NovaDatabaseKit

@Suite struct NetworkWireTests {
  @Test func `Project scopes are truth values, or the word for both`() throws {
    #expect(try NovaProjectScope(wire: .string("allow_none")) == .ownOrNone)
    #expect(try NovaProjectScope(wire: .bool(true)) == .own && NovaProjectScope(wire: .bool(false)) == .all)
  }

  @Test func `An address is a text, or an object that has one`() throws {
    #expect(try NovaAddress(wire: .string("FE80::0:1")) == "fe80::1")
    #expect(try NovaAddress(wire: .object(["address": .string("10.0.0.1"), "pool": .null])) == "10.0.0.1")
    #expect(throws: NovaError.self) { try NovaAddress(wire: .list([])) }
  }

  @Test func `What a fixed address is joined with is a list of names, or nothing`() throws {
    #expect(try FixedIPJoins(wire: .list([.string("network"), .string("instance")])) == [.network, .instance])
    #expect(try FixedIPJoins(wire: .null) == [])
    #expect(throws: NovaError.self) { try FixedIPJoins(wire: .list([.string("hosts")])) }
  }

  @Test func `A row stands for its number`() throws {
    #expect(try Int(wire: .row("FixedIp", ["id": .int(7), "address": .null])) == 7)
  }

  @Test func `An address that is in use comes as a plain object`() {
    let address = AssociatedFixedIP(
      address: "10.0.0.1", instanceUUID: "u", networkID: 1, interfaceID: 2, interfaceAddress: "aa:bb",
      instanceHostname: nil, instanceUpdatedAt: nil, instanceCreatedAt: nil, isAllocated: true, isLeased: false,
      isDefaultRoute: true)
    #expect(
      address.wire(WireEncoder(options: NovaOptions())) == [
        "address": "10.0.0.1", "instance_uuid": "u", "network_id": 1, "vif_id": 2, "vif_address": "aa:bb",
        "instance_hostname": nil, "instance_updated": nil, "instance_created": nil, "allocated": true, "leased": false,
        "default_route": true,
      ])
  }
}
