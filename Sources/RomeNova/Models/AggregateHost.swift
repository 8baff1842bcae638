// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A host of an aggregate.
@Entity(
  "aggregate_hosts", mixins: .timestamps, .softDelete(.id), indexes: .unique("host", "aggregate_id", "deleted"),
  .index("aggregate_id", "deleted"))
public final class AggregateHost: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name of the host.
  public var host: String?
  /// The number of the aggregate.
  public var aggregateID: Int
}
