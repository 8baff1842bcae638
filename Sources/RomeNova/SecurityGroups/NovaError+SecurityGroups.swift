// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such security group: `security_group_id`.
  public static let securityGroupNotFound = Self("SecurityGroupNotFound", under: .notFound)
  /// The project has no security group of that name: `project_id`, `security_group_id`.
  public static let securityGroupNotFoundForProject = Self(
    "SecurityGroupNotFoundForProject", under: .securityGroupNotFound)
  /// There is no such rule: `rule_id`.
  public static let securityGroupNotFoundForRule = Self("SecurityGroupNotFoundForRule", under: .securityGroupNotFound)
  /// There is no such default rule: `rule_id`.
  public static let securityGroupDefaultRuleNotFound = Self("SecurityGroupDefaultRuleNotFound", under: .invalid)
  /// The project has a security group of that name already: `project_id`, `security_group_name`.
  public static let securityGroupExists = Self("SecurityGroupExists", under: .invalid)
}
