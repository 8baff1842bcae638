// SPDX-License-Identifier: Apache-2.0

import Rome

extension InstanceGroup {
  /// The members of the group.
  public static let members = NovaToMany<InstanceGroup, InstanceGroupMember>(
    "_members", InstanceGroup.id, InstanceGroupMember.groupID, .liveFromLive)

  /// The policies of the group.
  public static let policies = NovaToMany<InstanceGroup, InstanceGroupPolicy>(
    "_policies", InstanceGroup.id, InstanceGroupPolicy.groupID, .liveFromLive)
}
