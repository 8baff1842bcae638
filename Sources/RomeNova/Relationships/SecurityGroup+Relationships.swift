// SPDX-License-Identifier: Apache-2.0

import Rome

extension SecurityGroup {
  /// The rules of the group.
  public static let rules = NovaToMany<SecurityGroup, SecurityGroupIngressRule>(
    "rules", SecurityGroup.id, SecurityGroupIngressRule.parentGroupID, .live)

  /// The instances in the group.
  public static let instances = NovaManyToMany<SecurityGroup, SecurityGroupInstanceAssociation, Instance>(
    "instances", from: (SecurityGroup.id, SecurityGroupInstanceAssociation.securityGroupID),
    to: (SecurityGroupInstanceAssociation.instanceUUID, Instance.uuid))
}
