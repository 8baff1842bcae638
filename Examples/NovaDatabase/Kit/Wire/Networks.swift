// SPDX-License-Identifier: Apache-2.0

import JSONService
import RomeNova

extension NovaAddress: WireArgument, WireAnswer {
  /// Reads an address: a text, or a row or an object that has one.
  init(wire: WireValue) throws(NovaError) {
    self.init(try String(wire: wire.members?["address"] ?? wire))
  }

  func wire(_ encoder: WireEncoder) -> JSONValue { .string(description) }
}

extension NovaCIDR: WireArgument {
  init(wire: WireValue) throws(NovaError) { self.init(try String(wire: wire)) }
}

extension NovaProjectScope: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    self = wire.text == "allow_none" ? .ownOrNone : wire.isTrue ? .own : .all
  }
}

extension FixedIPJoins: WireArgument {
  init(wire: WireValue) throws(NovaError) { try self.init(names: [String]?(wire: wire) ?? []) }
}

extension FloatingIPPool: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { ["name": name.wire(encoder)] }
}

extension AssociatedFixedIP: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue {
    [
      "address": address.wire(encoder),
      "instance_uuid": instanceUUID.wire(encoder),
      "network_id": networkID.wire(encoder),
      "vif_id": interfaceID.wire(encoder),
      "vif_address": interfaceAddress.wire(encoder),
      "instance_hostname": instanceHostname.wire(encoder),
      "instance_updated": instanceUpdatedAt.wire(encoder),
      "instance_created": instanceCreatedAt.wire(encoder),
      "allocated": isAllocated.wire(encoder),
      "leased": isLeased.wire(encoder),
      "default_route": isDefaultRoute.wire(encoder),
    ]
  }
}
