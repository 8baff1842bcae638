// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `resource_provider_aggregates`.
@Entity("resource_provider_aggregates", indexes: .index("aggregate_id"))
public final class ResourceProviderAggregate: NovaModel {
  @PrimaryKey public var resourceProviderID: Int
  @PrimaryKey public var aggregateID: Int
}
