// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds a rule of a security group.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - values: The columns of the rule.
  ///   - joins: What comes with the answer.
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupRuleCreate(
    _ context: NovaContext, values: NovaValues<SecurityGroupIngressRule>, joins: SecurityGroupRuleJoins = .init()
  ) async throws(NovaError) -> NovaRow<SecurityGroupIngressRule> {
    try context.require()
    return try await transaction(context) { call in
      var rules = [NovaRow(try await call.insert(values))]
      try await call.load(joins, into: &rules)
      return rules[0]
    }
  }

  /// The rules of a security group.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - groupID: The number of the group.
  ///   - joins: What comes with the rules.
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupRuleGetBySecurityGroup(
    _ context: NovaContext, groupID: Int, joins: SecurityGroupRuleJoins = .grantedInstances
  ) async throws(NovaError) -> [NovaRow<SecurityGroupIngressRule>] {
    try context.require()
    return try await reading(context) { call in
      var rules = try await call.rules.filter(SecurityGroupIngressRule.parentGroupID == groupID).rows()
      try await call.load(joins, into: &rules)
      return rules
    }
  }

  /// The live rules of the live security groups of a live instance, with the groups that they let in.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupRuleGetByInstance(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> [NovaRow<SecurityGroupIngressRule>] {
    try context.require()
    return try await reading(context) { call in
      let own = call.memberships
        .join(SecurityGroup.self, on: SecurityGroupInstanceAssociation.securityGroupID == SecurityGroup.id)
        .filter(Instance.uuid == instanceUUID).select(SecurityGroup.id)
      var rules = try await call.rules
        .filter(SecurityGroupIngressRule.parentGroupID.in(own), SecurityGroupIngressRule.deleted == 0).rows()
      try await call.load(SecurityGroupRuleJoins(granteeGroup: []), into: &rules)
      return rules
    }
  }

  /// Soft-deletes a rule.
  ///
  /// - Throws: ``NovaError/Code/securityGroupNotFoundForRule``, and ``NovaError/Code/forbidden`` for a caller without a
  ///   project.
  public func securityGroupRuleDestroy(_ context: NovaContext, id: Int) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      guard try await call.rules.filter(SecurityGroupIngressRule.id == id).softDelete() > 0 else {
        throw NovaError(.securityGroupNotFoundForRule, ["rule_id": NovaField(id)])
      }
    }
  }

  /// A rule by its number.
  ///
  /// - Throws: ``NovaError/Code/securityGroupNotFoundForRule``, and ``NovaError/Code/forbidden`` for a caller without a
  ///   project.
  public func securityGroupRuleGet(
    _ context: NovaContext, id: Int
  ) async throws(NovaError) -> NovaRow<SecurityGroupIngressRule> {
    try context.require()
    return try await reading(context) { call in
      guard let rule = try await call.rules.filter(SecurityGroupIngressRule.id == id).rows().first else {
        throw NovaError(.securityGroupNotFoundForRule, ["rule_id": NovaField(id)])
      }
      return rule
    }
  }

  /// How many live rules a security group has.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupRuleCountByGroup(_ context: NovaContext, groupID: Int) async throws(NovaError) -> Int {
    try context.require()
    return try await reading(context) { call in
      try await call.query(SecurityGroupIngressRule.self, readDeleted: .no)
        .filter(SecurityGroupIngressRule.parentGroupID == groupID).count()
    }
  }
}

extension NovaCall {
  fileprivate var rules: RomeQuery<SecurityGroupIngressRule> { query(SecurityGroupIngressRule.self) }
}
