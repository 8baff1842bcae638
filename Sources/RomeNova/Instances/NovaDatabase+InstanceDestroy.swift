// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Soft-deletes an instance with what belongs to it: the links to its security groups, its info cache, both kinds of
  /// metadata, its faults, its extra row, its block devices and its migrations; before Train also its memberships in groups,
  /// and from Train on its interfaces and its EC2 number. Its tags and the tokens of its consoles are deleted for good.
  ///
  /// - Parameters:
  ///   - context: Who calls. A user sees the instances of the project only.
  ///   - uuid: The UUID.
  ///   - constraint: What must hold for the instance.
  ///   - hardDelete: Whether all rows are deleted for good, and those of its actions with them. Nova has it since Train.
  /// - Returns: The instance, marked as deleted, with both kinds of metadata, its info cache, and its security groups with
  ///   their rules as they were.
  /// - Throws: ``NovaError/Code/forbidden``, ``NovaError/Code/invalidUUID``, ``NovaError/Code/instanceNotFound``, and
  ///   ``NovaError/Code/constraintNotMet``.
  @discardableResult
  public func instanceDestroy(
    _ context: NovaContext, uuid: String, constraint: NovaConstraint<Instance>? = nil, hardDelete: Bool = false
  ) async throws(NovaError) -> NovaRow<Instance> {
    try context.require()
    return try await transaction(context) { call in
      try call.requireUUID(uuid)
      let instance = try await call.instance(uuid)
      var row = NovaRow(instance)
      guard constraint?.holds(for: row) ?? true else { throw NovaError(.constraintNotMet) }
      try await call.load(nil, into: &row)
      try await call.query(Instance.self).filter(Instance.uuid == uuid).softDelete()
      row.columns = instance.snapshot()
      try await call.deleteBelongings(of: uuid, forGood: hardDelete)
      if hardDelete {
        try await call.deleteActions(of: uuid)
        call.session.delete(instance)
      }
      return row
    }
  }
}

extension NovaCall {
  /// Deletes what belongs to an instance.
  fileprivate func deleteBelongings(of uuid: String, forGood: Bool) async throws {
    try await delete(
      SecurityGroupInstanceAssociation.self, SecurityGroupInstanceAssociation.instanceUUID, uuid, forGood)
    try await delete(InstanceInfoCache.self, InstanceInfoCache.instanceUUID, uuid, forGood)
    try await delete(InstanceMetadata.self, InstanceMetadata.instanceUUID, uuid, forGood)
    try await delete(InstanceFault.self, InstanceFault.instanceUUID, uuid, forGood)
    try await delete(InstanceExtra.self, InstanceExtra.instanceUUID, uuid, forGood)
    try await delete(InstanceSystemMetadata.self, InstanceSystemMetadata.instanceUUID, uuid, forGood)
    try await delete(BlockDeviceMapping.self, BlockDeviceMapping.instanceUUID, uuid, forGood)
    try await delete(Migration.self, Migration.instanceUUID, uuid, forGood)
    if options.release >= .train {
      try await delete(VirtualInterface.self, VirtualInterface.instanceUUID, uuid, forGood)
      try await delete(InstanceIdMapping.self, InstanceIdMapping.uuid, uuid, forGood)
    } else {
      try await delete(InstanceGroupMember.self, InstanceGroupMember.instanceID, uuid, forGood)
    }
    try await session.query(Tag.self).filter(Tag.resourceID == uuid).delete()
    try await session.query(ConsoleAuthToken.self).filter(ConsoleAuthToken.instanceUUID == uuid).delete()
  }

  private func delete<Model: NovaModel, T: ColumnValue>(
    _ type: Model.Type, _ column: Column<Model, T>, _ uuid: String, _ forGood: Bool
  ) async throws where T.Base == String {
    if forGood {
      try await query(type, readDeleted: .yes).filter(column == uuid).delete()
    } else {
      try await query(type).filter(column == uuid).softDelete()
    }
  }

  /// Deletes the actions of an instance with their events for good.
  fileprivate func deleteActions(of uuid: String) async throws {
    let actions = session.query(InstanceAction.self, readDeleted: .yes).filter(InstanceAction.instanceUUID == uuid)
    let ids = try await actions.select(InstanceAction.id).all()
    try await session.query(InstanceActionEvent.self, readDeleted: .yes)
      .filter(InstanceActionEvent.actionID.in(ids)).delete()
    try await actions.delete()
  }
}
