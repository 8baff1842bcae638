// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A flavor: how large an instance is. Releases after Ocata keep flavors in another database.
@Entity(
  "instance_types", mixins: .timestamps, .softDelete(.id), indexes: .unique("flavorid", "deleted"),
  .unique("name", "deleted"))
public final class InstanceTypes: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name.
  public var name: String?
  /// The memory, in MiB.
  public var memoryMB: Int
  /// The number of processors.
  public var vcpus: Int
  /// The root disk, in GiB.
  public var rootGB: Int?
  /// The disk that lives as long as the instance, in GiB.
  public var ephemeralGB: Int?
  /// The name by which users choose the flavor.
  public var flavorid: String?
  /// The swap space, in MiB.
  public var swap: Int = 0
  /// The share of the bandwidth of the network.
  public var rxtxFactor: Double? = 1
  /// The share of the processors of the host.
  public var vcpuWeight: Int?
  /// Whether no new instance can have the flavor.
  public var disabled: Bool? = false
  /// Whether all projects may use the flavor.
  public var isPublic: Bool? = true
}
