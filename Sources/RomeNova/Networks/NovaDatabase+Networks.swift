// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension NovaDatabase {
  /// Adds a network. Without a UUID it gets one.
  ///
  /// - Throws: ``NovaError/Code/duplicateVLAN`` when another live network has the VLAN.
  public func networkCreateSafe(
    _ context: NovaContext, values: NovaValues<Network>
  ) async throws(NovaError) -> NovaRow<Network> {
    var values = values
    if !values.assigns(Network.uuid) { values.uuid = UUID().uuidString.lowercased() }
    return try await transaction(context, translating: { duplicateVLAN($0, values) }) { call in
      NovaRow(try await call.insert(values))
    }
  }

  /// Removes a network for good, and soft-deletes its addresses.
  ///
  /// - Throws: ``NovaError/Code/networkInUse`` when one of its addresses is in use; ``NovaError/Code/networkNotFound``.
  public func networkDeleteSafe(_ context: NovaContext, id: Int) async throws(NovaError) {
    try await transaction(context) { call in
      let addresses = call.query(FixedIp.self, readDeleted: .no).filter(FixedIp.networkID == id)
      if try await addresses.filter(FixedIp.allocated == true).exists() {
        throw NovaError(.networkInUse, ["network_id": .int(Int64(id))])
      }
      let network = try await call.network(id)
      try await addresses.softDelete()
      call.session.delete(network)
    }
  }

  /// Changes a network.
  ///
  /// - Throws: ``NovaError/Code/networkNotFound``; ``NovaError/Code/duplicateVLAN`` when another live network has the VLAN;
  ///   ``NovaError/Code/forbidden``.
  public func networkUpdate(
    _ context: NovaContext, id: Int, values: NovaValues<Network>
  ) async throws(NovaError) -> NovaRow<Network> {
    try context.require()
    return try await transaction(context, translating: { duplicateVLAN($0, values) }) { call in
      let network = try await call.network(id)
      try await call.update(network, values)
      return NovaRow(network)
    }
  }

  /// Takes a network away from its host, from its project, or from both.
  ///
  /// - Throws: ``NovaError/Code/networkNotFound``; ``NovaError/Code/forbidden``.
  public func networkDisassociate(
    _ context: NovaContext, id: Int, fromHost: Bool = true, fromProject: Bool = true
  ) async throws(NovaError) {
    let values = NovaValues<Network> {
      if fromHost { $0.host = nil }
      if fromProject { $0.projectID = nil }
    }
    _ = try await networkUpdate(context, id: id, values: values)
  }

  /// Lets a host run the services of a network, unless another one does. Of several hosts that ask, one gets it; the others
  /// are not told.
  ///
  /// - Throws: ``NovaError/Code/networkNotFound``; ``NovaError/Code/networkSetHostFailed`` when others kept changing it.
  public func networkSetHost(_ context: NovaContext, id: Int, host: String) async throws(NovaError) {
    try await transaction(context) { error in
      error.code == .conflict ? NovaError(.networkSetHostFailed, ["network_id": .int(Int64(id))]) : nil
    } _: { call in
      guard let network = try await call.query(Network.self, readDeleted: .no).filter(Network.id == id).first()
      else { throw NovaError(.networkNotFound, ["network_id": .int(Int64(id))]) }
      if (network.host ?? "").isEmpty { network.host = host }
    }
  }
}

/// What it means that a network can't be written.
private func duplicateVLAN(_ error: RomeError, _ values: NovaValues<Network>) -> NovaError? {
  error.isDuplicate(in: Network.self) ? NovaError(.duplicateVLAN, ["vlan": NovaField(values.vlan)]) : nil
}

extension NovaCall {
  /// A network by its number.
  func network(_ id: Int, in scope: NovaProjectScope = .ownOrNone) async throws -> Network {
    guard let network = try await query(Network.self, in: scope).filter(Network.id == id).first() else {
      throw NovaError(.networkNotFound, ["network_id": .int(Int64(id))])
    }
    return network
  }
}
