// SPDX-License-Identifier: Apache-2.0

public import Rome

/// How much of a resource a provider has. Mitaka reads what compute nodes have from here, too.
@Entity("inventories", indexes: .unique("resource_provider_id", "resource_class_id"))
public final class Inventory: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The number of the provider.
  public var resourceProviderID: Int
  /// The number of the kind of the resource: 0 for processors, 1 for memory, 2 for disk space.
  public var resourceClassID: Int
  /// How much there is.
  public var total: Int
  /// How much of it is not for instances.
  public var reserved: Int
  /// The least that can be taken at a time.
  public var minUnit: Int
  /// The most that can be taken at a time.
  public var maxUnit: Int
  /// What is taken is a multiple of this.
  public var stepSize: Int
  /// How much may be promised for each unit that there is.
  public var allocationRatio: Double
}
