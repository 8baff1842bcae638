// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Rome

extension NovaDatabase {
  /// All instances that the caller sees: a user those of his project.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for callers who are nobody.
  public func instanceGetAll(
    _ context: NovaContext, joins: InstanceJoins? = nil
  ) async throws(NovaError) -> [NovaRow<Instance>] {
    try context.require()
    return try await reading(context) { call in
      var found = call.query(Instance.self)
      if !context.isAdmin { found = found.filter(Instance.projectID == context.projectID) }
      return try await call.filled(found.byKey().all(), joins)
    }
  }

  /// The instances that ran in a window of time, deleted ones too, by project and UUID: what a usage audit asks for.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - begin: The begin of the window: what was terminated by then is left out.
  ///   - end: The end of the window: what was launched then or later is left out, and so is what never was; nil for now.
  ///   - projectID: Only those of a project.
  ///   - host: Only those on a host.
  ///   - joins: What is loaded with them; nil for the info cache, the security groups, and the metadata.
  ///   - limit: How many at most; nil for all. Mitaka has no pages.
  ///   - marker: The UUID of the instance behind which the page begins; it may be deleted by now.
  /// - Throws: ``NovaError/Code/forbidden`` for callers who are nobody; ``NovaError/Code/markerNotFound``.
  public func instanceGetActiveByWindowJoined(
    _ context: NovaContext, begin: Date, end: Date? = nil, projectID: String? = nil, host: String? = nil,
    joins: InstanceJoins? = nil, limit: Int? = nil, marker: String? = nil
  ) async throws(NovaError) -> [NovaRow<Instance>] {
    try context.require()
    return try await reading(context) { call in
      var found = call.session.query(Instance.self, readDeleted: .yes)
        .filter(Instance.terminatedAt == nil || Instance.terminatedAt > begin)
      if let end { found = found.filter(Instance.launchedAt < end) }
      if let projectID, !projectID.isEmpty { found = found.filter(Instance.projectID == projectID) }
      if let host, !host.isEmpty { found = found.filter(Instance.host == host) }
      found = found.order(by: Instance.projectID, Instance.uuid)
      if let marker { found = found.after(try await call.marker(marker)) }
      return try await call.filled(found.limit(limit).all(), joins)
    }
  }

  /// The instances that have been rebooting for long, without what belongs to them.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - rebootWindow: For how many seconds they have not been updated at least.
  public func instanceGetAllHungInRebooting(
    _ context: NovaContext, rebootWindow: Int
  ) async throws(NovaError) -> [NovaRow<Instance>] {
    try await reading(context) { call in
      let found = call.query(Instance.self).filter(
        Instance.taskState == "rebooting", Instance.updatedAt <= call.now.addingTimeInterval(-Double(rebootWindow)))
      return try await call.filled(found.byKey().all(), [])
    }
  }

  /// The instances in security groups with a rule that lets one of some groups in.
  public func instanceGetAllByGranteeSecurityGroups(
    _ context: NovaContext, groupIDs: [Int]
  ) async throws(NovaError) -> [NovaRow<Instance>] {
    if groupIDs.isEmpty { return [] }
    return try await reading(context) { call in
      let rules = RomeQuery(SecurityGroupIngressRule.self).filter(SecurityGroupIngressRule.groupID.in(groupIDs))
      let groups = RomeQuery(SecurityGroup.self)
        .filter(SecurityGroup.id.in(rules.select(SecurityGroupIngressRule.parentGroupID)))
      let links = RomeQuery(SecurityGroupInstanceAssociation.self)
        .filter(SecurityGroupInstanceAssociation.securityGroupID.in(groups.select(SecurityGroup.id)))
      // Whatever the caller sees of instances, it is through what is live that they are found.
      let uuids = links.readDeleted(.no).select(SecurityGroupInstanceAssociation.instanceUUID)
      let found = call.query(Instance.self).filter(Instance.uuid.in(uuids), Instance.deleted == 0)
      return try await call.filled(found.byKey().all(), nil)
    }
  }

  /// The floating addresses of an instance.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for callers who are nobody; ``NovaError/Code/invalidUUID``.
  public func instanceFloatingAddressGetAll(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> [String] {
    try context.require()
    guard instanceUUID.isUUID else { throw NovaError(.invalidUUID, ["uuid": .string(instanceUUID)]) }
    return try await reading(context) { call in
      let fixed = RomeQuery(FixedIp.self).readDeleted(.no).filter(FixedIp.instanceUUID == instanceUUID)
      let found = call.query(FloatingIp.self)
        .filter(FloatingIp.fixedIpID.in(fixed.select(FixedIp.id)), FloatingIp.deleted == 0)
      return try await found.order(by: FloatingIp.id).all().compactMap { $0.address?.description }
    }
  }
}
