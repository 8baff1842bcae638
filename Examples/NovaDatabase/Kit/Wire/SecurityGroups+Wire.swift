// SPDX-License-Identifier: Apache-2.0

import RomeNova

/// The columns of a new security group, and the rows of its instances.
struct NewSecurityGroup: WireArgument {
  let values: NovaValues<SecurityGroup>
  let instances: [String]?

  init(wire: WireValue) throws(NovaError) {
    values = try NovaValues(wire: wire)
    instances = wire.members?["instances"]?.elements?.compactMap { $0.members?["uuid"]?.text }
  }
}

/// The columns of a new rule, of which those for its groups may come as rows. The groups that come so, or as null, come with
/// the answer, too.
struct NewSecurityGroupRule: WireArgument {
  let values: NovaValues<SecurityGroupIngressRule>
  let joins: SecurityGroupRuleJoins

  init(wire: WireValue) throws(NovaError) {
    var values = try NovaValues<SecurityGroupIngressRule>(wire: wire)
    var joins = SecurityGroupRuleJoins()
    if let group = wire.members?["parent_group"] {
      joins.parentGroup = true
      if let id = group.members?["id"] { values.parentGroupID = try Int(wire: id) }
    }
    if let group = wire.members?["grantee_group"] {
      joins.granteeGroup = []
      if let id = group.members?["id"] { values.groupID = try Int(wire: id) }
    }
    self.values = values
    self.joins = joins
  }
}
