// SPDX-License-Identifier: Apache-2.0

import Rome

extension SecurityGroupIngressRule {
  /// The group whose instances the rule lets in.
  public static let granteeGroup = NovaToOne<SecurityGroupIngressRule, SecurityGroup>(
    "grantee_group", SecurityGroupIngressRule.groupID, SecurityGroup.id, .anyFromLive)

  /// The group that the rule is of.
  public static let parentGroup = NovaToOne<SecurityGroupIngressRule, SecurityGroup>(
    "parent_group", SecurityGroupIngressRule.parentGroupID, SecurityGroup.id, .anyFromLive)
}
