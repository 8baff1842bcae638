// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `compute_nodes`.
@Entity(
  "compute_nodes", mixins: .timestamps, .softDelete(.id), indexes: .unique("host", "hypervisor_hostname", "deleted"))
public final class ComputeNode: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var serviceID: Int?
  /// The name of the host.
  public var host: String?
  /// The UUID of the row.
  public var uuid: String?
  public var vcpus: Int
  public var memoryMB: Int
  public var localGB: Int
  public var vcpusUsed: Int
  public var memoryMBUsed: Int
  public var localGBUsed: Int
  public var hypervisorType: String
  public var hypervisorVersion: Int
  public var hypervisorHostname: String?
  public var freeRamMB: Int?
  public var freeDiskGB: Int?
  public var currentWorkload: Int?
  public var runningVms: Int?
  public var cpuInfo: String
  public var diskAvailableLeast: Int?
  public var hostIP: NovaAddress?
  public var supportedInstances: String?
  public var metrics: String?
  public var pciStats: String?
  public var extraResources: String?
  public var stats: String? = "{}"
  public var numaTopology: String?
  public var ramAllocationRatio: Double?
  public var cpuAllocationRatio: Double?
  public var diskAllocationRatio: Double?
  public var mapped: Int? = 0
}
