// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `allocations`.
@Entity(
  "allocations", indexes: .index("consumer_id"), .index("resource_class_id"),
  .index("resource_provider_id", "resource_class_id", "used"))
public final class Allocation: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var resourceProviderID: Int
  public var consumerID: String
  public var resourceClassID: Int
  public var used: Int
}
