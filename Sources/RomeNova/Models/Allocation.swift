// SPDX-License-Identifier: Apache-2.0

public import Rome

/// How much of a resource of a provider a consumer has.
@Entity("allocations", indexes: .index("resource_provider_id", "resource_class_id", "used"))
public final class Allocation: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The number of the provider.
  public var resourceProviderID: Int
  /// The UUID of the consumer, such as an instance.
  public var consumerID: String
  /// The number of the kind of the resource.
  public var resourceClassID: Int
  /// How much it has.
  public var used: Int
}
