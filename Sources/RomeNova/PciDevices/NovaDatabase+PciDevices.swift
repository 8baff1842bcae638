// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The device at an address of a compute node.
  ///
  /// - Throws: ``NovaError/Code/pciDeviceNotFound``.
  public func pciDeviceGetByAddr(
    _ context: NovaContext, nodeID: Int, address: String
  ) async throws(NovaError) -> NovaRow<PciDevice> {
    try await reading(context) { call in
      guard let device = try await call.devices(of: nodeID).filter(PciDevice.address == address).byKey().first() else {
        throw NovaError(.pciDeviceNotFound, ["node_id": NovaField(nodeID), "address": .string(address)])
      }
      return NovaRow(device)
    }
  }

  /// A device by its number.
  ///
  /// - Throws: ``NovaError/Code/pciDeviceNotFoundByID``.
  public func pciDeviceGetByID(_ context: NovaContext, id: Int) async throws(NovaError) -> NovaRow<PciDevice> {
    try await reading(context) { call in
      guard let device = try await call.query(PciDevice.self).filter(PciDevice.id == id).first() else {
        throw NovaError(.pciDeviceNotFoundByID, ["id": NovaField(id)])
      }
      return NovaRow(device)
    }
  }

  /// The devices of a compute node.
  public func pciDeviceGetAllByNode(
    _ context: NovaContext, nodeID: Int
  ) async throws(NovaError) -> [NovaRow<PciDevice>] {
    try await reading(context) { call in try await call.devices(of: nodeID).rows() }
  }

  /// The devices of a compute node that are functions of another one.
  public func pciDeviceGetAllByParentAddr(
    _ context: NovaContext, nodeID: Int, parentAddr: String
  ) async throws(NovaError) -> [NovaRow<PciDevice>] {
    try await reading(context) { call in
      try await call.devices(of: nodeID).filter(PciDevice.parentAddr == parentAddr).rows()
    }
  }

  /// The devices that an instance has: those that are allocated to it, not those that are only claimed.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller who is neither an administrator nor a user of a project.
  public func pciDeviceGetAllByInstanceUUID(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> [NovaRow<PciDevice>] {
    try context.require()
    return try await reading(context) { call in
      try await call.query(PciDevice.self)
        .filter(PciDevice.instanceUUID == instanceUUID, PciDevice.status == "allocated").rows()
    }
  }

  /// Changes the live device at an address of a compute node, or adds it. Of two callers who add the same one, one adds it
  /// and the other one changes it.
  public func pciDeviceUpdate(
    _ context: NovaContext, nodeID: Int, address: String, values: NovaValues<PciDevice>
  ) async throws(NovaError) -> NovaRow<PciDevice> {
    try await transaction(context) { call in
      var values = values
      let found = call.query(PciDevice.self, readDeleted: .no)
        .filter(PciDevice.computeNodeID == nodeID, PciDevice.address == address)
      if let device = try await found.first() {
        if !values.assigns(PciDevice.updatedAt) { values.updatedAt = call.now }
        try await call.update(device, values)
        return NovaRow(device)
      }
      values.computeNodeID = nodeID
      values.address = address
      return NovaRow(try await call.insert(values))
    }
  }

  /// Soft-deletes the device at an address of a compute node.
  ///
  /// - Throws: ``NovaError/Code/pciDeviceNotFound``.
  public func pciDeviceDestroy(_ context: NovaContext, nodeID: Int, address: String) async throws(NovaError) {
    try await transaction(context) { call in
      guard try await call.devices(of: nodeID).filter(PciDevice.address == address).softDelete() > 0 else {
        throw NovaError(.pciDeviceNotFound, ["node_id": NovaField(nodeID), "address": .string(address)])
      }
    }
  }
}

extension NovaCall {
  /// The devices of a compute node.
  fileprivate func devices(of nodeID: Int) -> RomeQuery<PciDevice> {
    query(PciDevice.self).filter(PciDevice.computeNodeID == nodeID)
  }
}
