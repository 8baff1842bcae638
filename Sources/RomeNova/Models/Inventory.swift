// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `inventories`.
@Entity("inventories", indexes: .unique("resource_provider_id", "resource_class_id"), .index("resource_class_id"))
public final class Inventory: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var resourceProviderID: Int
  public var resourceClassID: Int
  public var total: Int
  public var reserved: Int
  public var minUnit: Int
  public var maxUnit: Int
  public var stepSize: Int
  public var allocationRatio: Double
}
