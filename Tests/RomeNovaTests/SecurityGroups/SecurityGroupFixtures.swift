// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova

extension NovaDatabase {
  /// Adds a security group.
  @discardableResult
  func addGroup(
    _ name: String, project: String = "p", instances: [String]? = nil
  ) async throws(NovaError) -> NovaRow<SecurityGroup> {
    let values = NovaValues<SecurityGroup> {
      $0.name = name
      $0.projectID = project
    }
    return try await securityGroupCreate(.admin, values: values, instances: instances)
  }

  /// Adds a rule that lets the instances of a group, or a network, reach those of another one.
  @discardableResult
  func addRule(
    of parent: Int?, letting grantee: Int? = nil, joins: SecurityGroupRuleJoins = .init()
  ) async throws(NovaError) -> NovaRow<SecurityGroupIngressRule> {
    let values = NovaValues<SecurityGroupIngressRule> {
      $0.protocol = "tcp"
      $0.fromPort = 80
      $0.toPort = 8080
      $0.parentGroupID = parent
      $0.groupID = grantee
    }
    return try await securityGroupRuleCreate(.admin, values: values, joins: joins)
  }
}
