// SPDX-License-Identifier: Apache-2.0

import Rome

extension ArchivedTable {
  /// All tables whose rows can be archived. Those that refer to others come before them, so that one pass moves both.
  ///
  /// That is, all tables with soft deletion but `snapshots`, which Nova's database API neither reads nor writes.
  static let all: [ArchivedTable] = ofInstances + ofNetworks + ofOthers

  /// What belongs to instances, and then the instances.
  private static let ofInstances: [ArchivedTable] = [
    ArchivedTable(InstanceActionEvent.self, of: .byAction),
    ArchivedTable(
      InstanceAction.self, of: .by(InstanceAction.instanceUUID),
      unless: .has(InstanceActionEvent.actionID, InstanceAction.id)),
    ArchivedTable(BlockDeviceMapping.self, of: .by(BlockDeviceMapping.instanceUUID)),
    ArchivedTable(Console.self, of: .by(Console.instanceUUID)),
    ArchivedTable(ConsolePool.self, unless: .has(Console.poolID, ConsolePool.id)),
    ArchivedTable(FixedIp.self, of: .by(FixedIp.instanceUUID)),
    ArchivedTable(InstanceExtra.self, of: .by(InstanceExtra.instanceUUID)),
    ArchivedTable(InstanceFault.self, of: .by(InstanceFault.instanceUUID)),
    ArchivedTable(InstanceInfoCache.self, of: .by(InstanceInfoCache.instanceUUID)),
    ArchivedTable(InstanceMetadata.self, of: .by(InstanceMetadata.instanceUUID)),
    ArchivedTable(InstanceSystemMetadata.self, of: .by(InstanceSystemMetadata.instanceUUID)),
    ArchivedTable(Migration.self, of: .by(Migration.instanceUUID)),
    ArchivedTable(SecurityGroupInstanceAssociation.self, of: .by(SecurityGroupInstanceAssociation.instanceUUID)),
    ArchivedTable(VirtualInterface.self, of: .by(VirtualInterface.instanceUUID)),
    ArchivedTable(VolumeUsage.self, of: .by(VolumeUsage.instanceUUID)),
    ArchivedTable(
      Instance.self,
      unless: .has(BlockDeviceMapping.instanceUUID, Instance.uuid), .has(Console.instanceUUID, Instance.uuid),
      .has(FixedIp.instanceUUID, Instance.uuid), .has(InstanceAction.instanceUUID, Instance.uuid),
      .has(InstanceExtra.instanceUUID, Instance.uuid), .has(InstanceFault.instanceUUID, Instance.uuid),
      .has(InstanceInfoCache.instanceUUID, Instance.uuid), .has(InstanceMetadata.instanceUUID, Instance.uuid),
      .has(InstanceSystemMetadata.instanceUUID, Instance.uuid), .has(Migration.instanceUUID, Instance.uuid),
      .has(SecurityGroupInstanceAssociation.instanceUUID, Instance.uuid),
      .has(VirtualInterface.instanceUUID, Instance.uuid)),
    ArchivedTable(InstanceIdMapping.self),
    ArchivedTable(InstanceGroupMember.self),
    ArchivedTable(InstanceGroupPolicy.self),
    ArchivedTable(
      InstanceGroup.self, unless: .has(InstanceGroupMember.groupID, InstanceGroup.id),
      .has(InstanceGroupPolicy.groupID, InstanceGroup.id)),
  ]

  /// Addresses, networks, and security groups.
  private static let ofNetworks: [ArchivedTable] = [
    ArchivedTable(DNSDomain.self),
    ArchivedTable(FloatingIp.self),
    ArchivedTable(Network.self),
    ArchivedTable(ProviderFirewallRule.self),
    ArchivedTable(SecurityGroupIngressDefaultRule.self),
    ArchivedTable(SecurityGroupIngressRule.self),
    ArchivedTable(
      SecurityGroup.self, unless: .has(SecurityGroupIngressRule.groupID, SecurityGroup.id),
      .has(SecurityGroupIngressRule.parentGroupID, SecurityGroup.id),
      .has(SecurityGroupInstanceAssociation.securityGroupID, SecurityGroup.id)),
  ]

  /// Hosts, flavors, quotas, and the rest.
  private static let ofOthers: [ArchivedTable] = [
    ArchivedTable(AgentBuild.self),
    ArchivedTable(AggregateHost.self),
    ArchivedTable(AggregateMetadata.self),
    ArchivedTable(
      Aggregate.self, unless: .has(AggregateHost.aggregateID, Aggregate.id),
      .has(AggregateMetadata.aggregateID, Aggregate.id)),
    ArchivedTable(BandwidthUsage.self),
    ArchivedTable(Cell.self),
    ArchivedTable(Certificate.self),
    // A device has an instance for as long as that uses it: it does not belong to it.
    ArchivedTable(PciDevice.self),
    ArchivedTable(ComputeNode.self, unless: .has(PciDevice.computeNodeID, ComputeNode.id)),
    ArchivedTable(InstanceTypeExtraSpecs.self),
    ArchivedTable(InstanceTypeProjects.self),
    ArchivedTable(
      InstanceTypes.self, unless: .has(InstanceTypeExtraSpecs.instanceTypeID, InstanceTypes.id),
      .has(InstanceTypeProjects.instanceTypeID, InstanceTypes.id)),
    ArchivedTable(KeyPair.self),
    ArchivedTable(ProjectUserQuota.self),
    ArchivedTable(QuotaClass.self),
    ArchivedTable(Reservation.self),
    ArchivedTable(QuotaUsage.self, unless: .has(Reservation.usageID, QuotaUsage.id)),
    ArchivedTable(Quota.self),
    ArchivedTable(S3Image.self),
    ArchivedTable(Service.self),
    ArchivedTable(SnapshotIdMapping.self),
    ArchivedTable(TaskLog.self),
    ArchivedTable(VolumeIdMapping.self),
  ]
}
