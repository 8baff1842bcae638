// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension NovaDatabase {
  /// Adds a group of instances with its policies and members. A group without a UUID gets one.
  ///
  /// - Throws: ``NovaError/Code/instanceGroupIDExists`` when a live group has the UUID, and
  ///   ``NovaError/Code/instanceGroupNotFound`` when a user adds a group to a project of others.
  public func instanceGroupCreate(
    _ context: NovaContext, values: NovaValues<InstanceGroup>, policies: [String]? = nil, members: [String]? = nil
  ) async throws(NovaError) -> NovaRow<InstanceGroup> {
    var values = values
    let uuid = values.value(of: InstanceGroup.uuid) ?? UUID().uuidString.lowercased()
    values.uuid = uuid
    return try await transaction(context) { error in
      error.isDuplicate(in: InstanceGroup.self)
        ? NovaError(.instanceGroupIDExists, ["group_uuid": .string(uuid)]) : nil
    } _: { [values] call in
      let group = try await call.insert(values)
      // A UUID that is in use is found at the commit; until then there are two groups of it, and this is the new one.
      guard let id = group.id, !context.isUserContext || group.projectID == context.projectID else {
        throw NovaError(.instanceGroupNotFound, ["group_uuid": .string(uuid)])
      }
      try await call.setPolicies(policies ?? [], of: id)
      try await call.setMembers(members ?? [], of: id)
      return try await call.load(group)
    }
  }

  /// Changes a group of instances, and replaces its policies and its members where that is asked for.
  ///
  /// - Throws: ``NovaError/Code/instanceGroupNotFound``.
  public func instanceGroupUpdate(
    _ context: NovaContext, uuid: String, changes: InstanceGroupChanges
  ) async throws(NovaError) {
    try await transaction(context) { call in
      let group = try await call.group(uuid)
      let id = try call.number(of: group)
      if let policies = changes.policies { try await call.setPolicies(policies, of: id, replacing: true) }
      if let members = changes.members { try await call.setMembers(members, of: id, replacing: true) }
      try await call.update(group, changes.values)
    }
  }

  /// Soft-deletes a group of instances of the caller's project with its policies and members.
  ///
  /// - Throws: ``NovaError/Code/instanceGroupNotFound``.
  public func instanceGroupDelete(_ context: NovaContext, uuid: String) async throws(NovaError) {
    try await transaction(context) { call in
      let id = try call.number(of: try await call.group(uuid))
      guard try await call.projectQuery(InstanceGroup.self).filter(InstanceGroup.uuid == uuid).softDelete() > 0 else {
        throw NovaError(.instanceGroupNotFound, ["group_uuid": .string(uuid)])
      }
      try await call.query(InstanceGroupPolicy.self).filter(InstanceGroupPolicy.groupID == id).softDelete()
      try await call.query(InstanceGroupMember.self).filter(InstanceGroupMember.groupID == id).softDelete()
    }
  }

  /// A group of instances of the caller's project, with its policies and members.
  ///
  /// - Throws: ``NovaError/Code/instanceGroupNotFound``.
  public func instanceGroupGet(
    _ context: NovaContext, uuid: String
  ) async throws(NovaError) -> NovaRow<InstanceGroup> {
    try await reading(context) { call in
      let found = call.projectQuery(InstanceGroup.self).filter(InstanceGroup.uuid == uuid)
      guard let group = try await found.byKey().first() else {
        throw NovaError(.instanceGroupNotFound, ["group_uuid": .string(uuid)])
      }
      return try await call.load(group)
    }
  }

  /// The group of the caller's project that an instance is a member of, with its policies and members.
  ///
  /// - Throws: ``NovaError/Code/instanceGroupNotFound``, with the number of the group when it is not of the project, and
  ///   without one when the instance is a member of none.
  public func instanceGroupGetByInstance(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> NovaRow<InstanceGroup> {
    try await reading(context) { call in
      let memberships = call.query(InstanceGroupMember.self).filter(InstanceGroupMember.instanceID == instanceUUID)
      guard let membership = try await memberships.byKey().first() else {
        throw NovaError(.instanceGroupNotFound, ["group_uuid": ""])
      }
      let found = call.projectQuery(InstanceGroup.self).filter(InstanceGroup.id == membership.groupID)
      guard let group = try await found.first() else {
        throw NovaError(.instanceGroupNotFound, ["group_uuid": NovaField(membership.groupID)])
      }
      return try await call.load(group)
    }
  }

  /// The groups of instances of the caller's project, with their policies and members; an administrator sees those of all.
  public func instanceGroupGetAll(_ context: NovaContext) async throws(NovaError) -> [NovaRow<InstanceGroup>] {
    try await reading(context) { call in try await call.load(call.projectQuery(InstanceGroup.self)) }
  }

  /// The groups of instances of a project, with their policies and members; a user sees none of other projects.
  public func instanceGroupGetAllByProjectID(
    _ context: NovaContext, projectID: String
  ) async throws(NovaError) -> [NovaRow<InstanceGroup>] {
    try await reading(context) { call in
      try await call.load(call.projectQuery(InstanceGroup.self).filter(InstanceGroup.projectID == projectID))
    }
  }
}
