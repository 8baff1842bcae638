// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A provider of resources that belongs to an aggregate.
@Entity("resource_provider_aggregates")
public final class ResourceProviderAggregate: NovaModel {
  /// The number of the provider.
  @PrimaryKey public var resourceProviderID: Int
  /// The number of the aggregate.
  @PrimaryKey public var aggregateID: Int
}
