// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Security groups, their rules, and the rules of the provider.
  static let securityGroups: [Method] = [
    Method("security_group_get_all", NovaDatabase.securityGroupGetAll),
    Method(
      "security_group_get", NovaDatabase.securityGroupGet, .named("security_group_id"),
      .optional("columns_to_join", or: nil)),
    Method(
      "security_group_get_by_name", NovaDatabase.securityGroupGetByName, .named("project_id"), .named("group_name"),
      .optional("columns_to_join", or: nil)),
    Method("security_group_get_by_project", NovaDatabase.securityGroupGetByProject, "project_id"),
    Method("security_group_get_by_instance", NovaDatabase.securityGroupGetByInstance, "instance_uuid"),
    Method("security_group_in_use", NovaDatabase.securityGroupInUse, "group_id"),
    Method("security_group_create", NovaDatabase.securityGroupCreate, "values"),
    Method(
      "security_group_update", NovaDatabase.securityGroupUpdate, .named("security_group_id"), .named("values"),
      .optional("columns_to_join", or: nil)),
    Method("security_group_destroy", NovaDatabase.securityGroupDestroy, "security_group_id"),
    Method("security_group_rule_create", NovaDatabase.securityGroupRuleCreate, "values"),
    Method(
      "security_group_rule_get_by_security_group", NovaDatabase.securityGroupRuleGetBySecurityGroup,
      .named("security_group_id"), .optional("columns_to_join", or: nil)),
    Method("security_group_rule_get_by_instance", NovaDatabase.securityGroupRuleGetByInstance, "instance_uuid"),
    Method("security_group_rule_destroy", NovaDatabase.securityGroupRuleDestroy, "security_group_rule_id"),
    Method("security_group_rule_get", NovaDatabase.securityGroupRuleGet, "security_group_rule_id"),
    Method("security_group_rule_count_by_group", NovaDatabase.securityGroupRuleCountByGroup, "security_group_id"),
    Method(
      "security_group_default_rule_get", NovaDatabase.securityGroupDefaultRuleGet, "security_group_rule_default_id"),
    Method(
      "security_group_default_rule_destroy", NovaDatabase.securityGroupDefaultRuleDestroy,
      "security_group_rule_default_id"),
    Method("security_group_default_rule_create", NovaDatabase.securityGroupDefaultRuleCreate, "values"),
    Method("security_group_default_rule_list", NovaDatabase.securityGroupDefaultRuleList),
    Method("provider_fw_rule_create", NovaDatabase.providerFirewallRuleCreate, .named("rule", "values")),
    Method("provider_fw_rule_get_all", NovaDatabase.providerFirewallRuleGetAll),
    Method("provider_fw_rule_destroy", NovaDatabase.providerFirewallRuleDestroy, "rule_id"),
  ]
}

// The functions as Nova's callers pass their arguments.
extension NovaDatabase {
  fileprivate func securityGroupCreate(
    _ context: NovaContext, _ new: NewSecurityGroup
  ) async throws(NovaError) -> NovaRow<SecurityGroup> {
    try await securityGroupCreate(context, values: new.values, instances: new.instances)
  }

  fileprivate func securityGroupRuleCreate(
    _ context: NovaContext, _ new: NewSecurityGroupRule
  ) async throws(NovaError) -> NovaRow<SecurityGroupIngressRule> {
    try await securityGroupRuleCreate(context, values: new.values, joins: new.joins)
  }

  fileprivate func securityGroupGet(
    _ context: NovaContext, _ id: Int, _ columnsToJoin: [String]?
  ) async throws(NovaError) -> NovaRow<SecurityGroup> {
    try await securityGroupGet(context, id: id, joins: try SecurityGroupJoins(names: columnsToJoin ?? []))
  }

  fileprivate func securityGroupGetByName(
    _ context: NovaContext, _ project: String, _ name: String, _ columnsToJoin: [String]?
  ) async throws(NovaError) -> NovaRow<SecurityGroup> {
    guard let columnsToJoin else { return try await securityGroupGetByName(context, projectID: project, name: name) }
    return try await securityGroupGetByName(
      context, projectID: project, name: name, joins: try SecurityGroupJoins(names: columnsToJoin))
  }

  fileprivate func securityGroupUpdate(
    _ context: NovaContext, _ id: Int, _ values: NovaValues<SecurityGroup>, _ columnsToJoin: [String]?
  ) async throws(NovaError) -> NovaRow<SecurityGroup> {
    try await securityGroupUpdate(
      context, id: id, values: values, joins: try SecurityGroupJoins(names: columnsToJoin ?? []))
  }

  fileprivate func securityGroupRuleGetBySecurityGroup(
    _ context: NovaContext, _ id: Int, _ columnsToJoin: [String]?
  ) async throws(NovaError) -> [NovaRow<SecurityGroupIngressRule>] {
    guard let columnsToJoin else { return try await securityGroupRuleGetBySecurityGroup(context, groupID: id) }
    return try await securityGroupRuleGetBySecurityGroup(
      context, groupID: id, joins: try SecurityGroupRuleJoins(names: columnsToJoin))
  }
}
