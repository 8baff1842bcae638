// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds members to a group of instances. Those that it has already stay; when many callers add the same one, it is a
  /// member once.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - uuid: The group.
  ///   - members: The UUIDs of the instances.
  ///   - replacing: Whether to soft-delete the other members.
  /// - Returns: The UUIDs of the instances as they were passed.
  /// - Throws: ``NovaError/Code/instanceGroupNotFound``.
  @discardableResult
  public func instanceGroupMembersAdd(
    _ context: NovaContext, uuid: String, members: [String], replacing: Bool = false
  ) async throws(NovaError) -> [String] {
    try await transaction(context) { call in
      let id = try call.number(of: try await call.group(uuid))
      try await call.setMembers(members, of: id, replacing: replacing)
      return members
    }
  }

  /// Soft-deletes a member of a group of instances.
  ///
  /// - Throws: ``NovaError/Code/instanceGroupNotFound``, ``NovaError/Code/instanceGroupMemberNotFound``.
  public func instanceGroupMemberDelete(
    _ context: NovaContext, uuid: String, instanceUUID: String
  ) async throws(NovaError) {
    try await transaction(context) { call in
      let id = try call.number(of: try await call.group(uuid))
      let removed = try await call.query(InstanceGroupMember.self, readDeleted: .no)
        .filter(InstanceGroupMember.groupID == id, InstanceGroupMember.instanceID == instanceUUID).softDelete()
      guard removed > 0 else {
        throw NovaError(
          .instanceGroupMemberNotFound, ["group_uuid": .string(uuid), "instance_id": .string(instanceUUID)])
      }
    }
  }

  /// The UUIDs of the members of a group of instances, in the order in which they came.
  ///
  /// - Throws: ``NovaError/Code/instanceGroupNotFound``.
  public func instanceGroupMembersGet(_ context: NovaContext, uuid: String) async throws(NovaError) -> [String] {
    try await reading(context) { call in
      let id = try call.number(of: try await call.group(uuid))
      let members = call.query(InstanceGroupMember.self).filter(InstanceGroupMember.groupID == id)
      return try await members.byKey().select(InstanceGroupMember.instanceID).all().compactMap { $0 }
    }
  }
}

extension NovaCall {
  /// A group by its UUID, whoever it belongs to.
  func group(_ uuid: String) async throws -> InstanceGroup {
    guard let group = try await query(InstanceGroup.self).filter(InstanceGroup.uuid == uuid).byKey().first() else {
      throw NovaError(.instanceGroupNotFound, ["group_uuid": .string(uuid)])
    }
    return group
  }

  /// The number of a stored group.
  func number(of group: InstanceGroup) throws -> Int {
    guard let id = group.id else { throw NovaError(.instanceGroupNotFound, ["group_uuid": .string(group.uuid)]) }
    return id
  }

  /// Adds the policies that a group does not have.
  ///
  /// - Parameters:
  ///   - policies: The policies.
  ///   - groupID: The number of the group.
  ///   - replacing: Whether to soft-delete the other ones.
  func setPolicies(_ policies: [String], of groupID: Int, replacing: Bool = false) async throws {
    let present = query(InstanceGroupPolicy.self, readDeleted: .no).filter(InstanceGroupPolicy.groupID == groupID)
    for policy in try await change(present, InstanceGroupPolicy.policy, to: policies, replacing: replacing) {
      try make(
        NovaValues<InstanceGroupPolicy> {
          $0.policy = policy
          $0.groupID = groupID
        })
    }
    try await session.flush()
  }

  /// Adds the members that a group does not have.
  ///
  /// - Parameters:
  ///   - members: The UUIDs of the instances.
  ///   - groupID: The number of the group.
  ///   - replacing: Whether to soft-delete the other ones.
  func setMembers(_ members: [String], of groupID: Int, replacing: Bool = false) async throws {
    let present = query(InstanceGroupMember.self, readDeleted: .no).filter(InstanceGroupMember.groupID == groupID)
    for member in try await change(present, InstanceGroupMember.instanceID, to: members, replacing: replacing) {
      try make(
        NovaValues<InstanceGroupMember> {
          $0.instanceID = member
          $0.groupID = groupID
        })
    }
    try await session.flush()
  }

  /// Soft-deletes the rows of a group with other names where they are to be replaced, and returns the names without a row,
  /// each of them once.
  private func change<Model: NovaModel>(
    _ present: RomeQuery<Model>, _ name: Column<Model, String?>, to names: [String], replacing: Bool
  ) async throws -> [String] {
    if replacing { try await present.filter(name.notIn(names)).softDelete() }
    if names.isEmpty { return [] }
    var known = Set(try await present.filter(name.in(names)).select(name).all())
    return names.filter { known.insert($0).inserted }
  }
}
