// SPDX-License-Identifier: Apache-2.0

/// What to change of an aggregate.
public struct AggregateChanges: Hashable, Sendable {
  /// New values of columns.
  public var values: NovaValues<Aggregate>
  /// The metadata that the aggregate has then; nil leaves it as it is.
  public var metadata: [String: String]?
  /// The availability zone, which is a part of the metadata; nil leaves it as the metadata has it.
  public var availabilityZone: String?

  /// Makes changes.
  ///
  /// - Parameters:
  ///   - values: New values of columns.
  ///   - metadata: The metadata that the aggregate has then; nil leaves it as it is.
  ///   - availabilityZone: The availability zone; nil leaves it as the metadata has it.
  public init(
    _ values: NovaValues<Aggregate> = NovaValues(), metadata: [String: String]? = nil, availabilityZone: String? = nil
  ) {
    self.values = values
    self.metadata = metadata
    self.availabilityZone = availabilityZone
  }
}
