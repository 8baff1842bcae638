// SPDX-License-Identifier: Apache-2.0

import Rome

extension Aggregate {
  /// The hosts of the aggregate.
  public static let hosts = NovaToMany<Aggregate, AggregateHost>(
    "_hosts", Aggregate.id, AggregateHost.aggregateID, .liveFromLive)

  /// The metadata of the aggregate.
  public static let metadata = NovaToMany<Aggregate, AggregateMetadata>(
    "_metadata", Aggregate.id, AggregateMetadata.aggregateID, .liveFromLive)

  /// Of the metadata of the aggregate only one key.
  static func metadata(_ key: String) -> NovaToMany<Aggregate, AggregateMetadata> {
    NovaToMany(
      "_metadata", Aggregate.id, AggregateMetadata.aggregateID, .liveFromLive, where: { AggregateMetadata.key == key })
  }
}
