// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `aggregate_metadata`.
@Entity(
  "aggregate_metadata", mixins: .timestamps, .softDelete(.id), indexes: .unique("aggregate_id", "key", "deleted"),
  .index("key"))
public final class AggregateMetadata: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The key.
  public var key: String
  /// The value of the key.
  public var value: String
  public var aggregateID: Int
}
