// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A key of the metadata of an aggregate with its value.
@Entity(
  "aggregate_metadata", mixins: .timestamps, .softDelete(.id), indexes: .unique("aggregate_id", "key", "deleted"),
  .index("key", "deleted"))
public final class AggregateMetadata: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The key.
  public var key: String
  /// The value of the key.
  public var value: String
  /// The number of the aggregate.
  public var aggregateID: Int
}
