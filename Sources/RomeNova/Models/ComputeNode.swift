// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// What a hypervisor has, and how much of that is used.
@Entity(
  "compute_nodes", mixins: .timestamps, .softDelete(.id), indexes: .unique("host", "hypervisor_hostname", "deleted"),
  .index("service_id", "deleted"), .index("hypervisor_hostname", "deleted"), .index("hypervisor_type", "host"),
  .index("mapped", "deleted"), .index("uuid"))
public final class ComputeNode: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The number of its service, in rows of old releases; newer ones find it by the host.
  public var serviceID: Int?
  /// The name of the host whose service manages it.
  public var host: String?
  /// The UUID of the row.
  public var uuid: String?
  /// How many processors it has.
  public var vcpus: Int
  /// Its memory, in MiB.
  public var memoryMB: Int
  /// Its disk space, in GiB.
  public var localGB: Int
  /// How many processors of instances it runs.
  public var vcpusUsed: Int
  /// The memory that instances use, in MiB.
  public var memoryMBUsed: Int
  /// The disk space that instances use, in GiB.
  public var localGBUsed: Int
  /// The kind of the hypervisor, such as `QEMU`.
  public var hypervisorType: String
  /// The version of the hypervisor as a number.
  public var hypervisorVersion: Int
  /// The name that the hypervisor gives itself: that of the node.
  public var hypervisorHostname: String?
  /// The memory that is free, in MiB; less than 0 where more is promised than there is.
  public var freeRamMB: Int?
  /// The disk space that is free, in GiB; less than 0 where more is promised than there is.
  public var freeDiskGB: Int?
  /// How many builds, migrations and other tasks are at work.
  public var currentWorkload: Int?
  /// How many instances run.
  public var runningVms: Int?
  /// What the processors can do, as JSON.
  public var cpuInfo: String
  /// The disk space that is left when all disks have grown to their full size, in GiB.
  public var diskAvailableLeast: Int?
  /// The address of the host.
  public var hostIP: NovaAddress?
  /// The architectures and kinds of instances that it can run, as JSON.
  public var supportedInstances: String?
  /// What monitors have measured, as JSON.
  public var metrics: String?
  /// The pools of PCI devices, as JSON.
  public var pciStats: String?
  /// Further resources, as JSON.
  public var extraResources: String?
  /// Statistics of the hypervisor, as JSON.
  public var stats: String? = "{}"
  /// The NUMA cells, as JSON.
  public var numaTopology: String?
  /// How much memory may be promised for each MiB that there is.
  public var ramAllocationRatio: Double?
  /// How many processors may be promised for each one that there is.
  public var cpuAllocationRatio: Double?
  /// How much disk space may be promised for each GiB that there is.
  public var diskAllocationRatio: Double?
  /// Whether its host is mapped to a cell: 0 for no; releases since Pike have it.
  public var mapped: Int? = 0
}
