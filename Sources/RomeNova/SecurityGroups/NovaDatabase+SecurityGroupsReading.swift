// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// All security groups, with their rules and the groups that these let in.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupGetAll(_ context: NovaContext) async throws(NovaError) -> [NovaRow<SecurityGroup>] {
    try context.require()
    return try await reading(context) { call in try await call.withRules(call.query(SecurityGroup.self)) }
  }

  /// A security group of the caller's project by its number.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - id: The number of the group.
  ///   - joins: What comes with it; rules come with the groups that they let in.
  /// - Throws: ``NovaError/Code/securityGroupNotFound``, and ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupGet(
    _ context: NovaContext, id: Int, joins: SecurityGroupJoins = []
  ) async throws(NovaError) -> NovaRow<SecurityGroup> {
    try context.require()
    var joins = joins
    if joins.relations.contains(.rules) { joins.relations.insert(.granteeGroups) }
    return try await reading(context) { [joins] call in
      guard var group = try await call.projectQuery(SecurityGroup.self).filter(SecurityGroup.id == id).rows().first
      else { throw NovaError(.securityGroupNotFound, ["security_group_id": NovaField(id)]) }
      try await call.load(joins, into: &group)
      return group
    }
  }

  /// The live security group of a project and a name.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - projectID: The project.
  ///   - name: The name.
  ///   - joins: What comes with it.
  /// - Throws: ``NovaError/Code/securityGroupNotFoundForProject``, and ``NovaError/Code/forbidden`` for a caller without a
  ///   project.
  public func securityGroupGetByName(
    _ context: NovaContext, projectID: String, name: String,
    joins: SecurityGroupJoins = [.instances, .granteeGroups]
  ) async throws(NovaError) -> NovaRow<SecurityGroup> {
    try context.require()
    return try await reading(context) { call in
      guard var group = try await call.securityGroups(of: projectID).filter(SecurityGroup.name == name).rows().first
      else {
        throw NovaError(
          .securityGroupNotFoundForProject, ["project_id": .string(projectID), "security_group_id": .string(name)])
      }
      try await call.load(joins, into: &group)
      return group
    }
  }

  /// The live security groups of a project, with their rules and the groups that these let in.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupGetByProject(
    _ context: NovaContext, projectID: String
  ) async throws(NovaError) -> [NovaRow<SecurityGroup>] {
    try context.require()
    return try await reading(context) { call in try await call.withRules(call.securityGroups(of: projectID)) }
  }

  /// The live security groups of a live instance, with their rules and the groups that these let in.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupGetByInstance(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> [NovaRow<SecurityGroup>] {
    try context.require()
    return try await reading(context) { call in
      let own = call.memberships.filter(Instance.uuid == instanceUUID)
        .select(SecurityGroupInstanceAssociation.securityGroupID)
      return try await call.withRules(
        call.query(SecurityGroup.self, readDeleted: .no).filter(SecurityGroup.id.in(own)))
    }
  }

  /// Whether a live instance is in a security group.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupInUse(_ context: NovaContext, id: Int) async throws(NovaError) -> Bool {
    try context.require()
    return try await reading(context) { call in
      try await call.memberships.filter(SecurityGroupInstanceAssociation.securityGroupID == id).exists()
    }
  }
}

extension NovaCall {
  /// What connects security groups with live instances.
  var memberships: RomeQuery<(SecurityGroupInstanceAssociation, Instance)> {
    session.query(SecurityGroupInstanceAssociation.self, readDeleted: .no)
      .join(Instance.self, on: SecurityGroupInstanceAssociation.instanceUUID == Instance.uuid)
  }

  fileprivate func securityGroups(of project: String) -> RomeQuery<SecurityGroup> {
    query(SecurityGroup.self, readDeleted: .no).filter(SecurityGroup.projectID == project)
  }

  fileprivate func withRules(_ groups: RomeQuery<SecurityGroup>) async throws -> [NovaRow<SecurityGroup>] {
    var rows = try await groups.rows()
    try await load(.rulesAndGrantees, into: &rows)
    return rows
  }
}
