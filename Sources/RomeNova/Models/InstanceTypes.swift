// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `instance_types`.
@Entity(
  "instance_types", mixins: .timestamps, .softDelete(.id), indexes: .unique("flavorid", "deleted"),
  .unique("name", "deleted"))
public final class InstanceTypes: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name.
  public var name: String?
  public var memoryMB: Int
  public var vcpus: Int
  public var rootGB: Int?
  public var ephemeralGB: Int?
  public var flavorid: String?
  public var swap: Int = 0
  public var rxtxFactor: Double? = 1
  public var vcpuWeight: Int?
  public var disabled: Bool? = false
  public var isPublic: Bool? = true
}
