// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such aggregate: `aggregate_id`.
  public static let aggregateNotFound = Self("AggregateNotFound", under: .notFound)
  /// An aggregate has that name: `aggregate_name`.
  public static let aggregateNameExists = Self("AggregateNameExists")
  /// The aggregate has that host already: `aggregate_id`, `host`.
  public static let aggregateHostExists = Self("AggregateHostExists")
  /// The aggregate has no such host: `aggregate_id`, `host`.
  public static let aggregateHostNotFound = Self("AggregateHostNotFound", under: .notFound)
  /// The aggregate has no metadata of that key: `aggregate_id`, `metadata_key`.
  public static let aggregateMetadataNotFound = Self("AggregateMetadataNotFound", under: .notFound)
}
