// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Aggregates.
  static let aggregates: [Method] = [
    Method("aggregate_create", NovaDatabase.aggregateCreate, .named("values"), .optional("metadata", or: nil)),
    Method("aggregate_get", NovaDatabase.aggregateGet, "aggregate_id"),
    Method("aggregate_get_by_uuid", NovaDatabase.aggregateGetByUUID, "uuid"),
    Method("aggregate_get_by_host", NovaDatabase.aggregateGetByHost, .named("host"), .optional("key", or: nil)),
    Method(
      "aggregate_metadata_get_by_host", NovaDatabase.aggregateMetadataGetByHost, .named("host"),
      .optional("key", or: nil)),
    Method("aggregate_get_by_metadata_key", NovaDatabase.aggregateGetByMetadataKey, "key"),
    Method("aggregate_update", NovaDatabase.aggregateUpdate, "aggregate_id", "values"),
    Method("aggregate_delete", NovaDatabase.aggregateDelete, "aggregate_id"),
    Method("aggregate_get_all", NovaDatabase.aggregateGetAll),
    Method(
      "aggregate_metadata_add", NovaDatabase.aggregateMetadataAdd, .named("aggregate_id"), .named("metadata"),
      .optional("set_delete", or: false), .optional("max_retries", or: nil)),
    Method("aggregate_metadata_get", NovaDatabase.aggregateMetadataGet, "aggregate_id"),
    Method("aggregate_metadata_delete", NovaDatabase.aggregateMetadataDelete, "aggregate_id", "key"),
    Method("aggregate_host_add", NovaDatabase.aggregateHostAdd, "aggregate_id", "host"),
    Method("aggregate_host_get_all", NovaDatabase.aggregateHostGetAll, "aggregate_id"),
    Method("aggregate_host_delete", NovaDatabase.aggregateHostDelete, "aggregate_id", "host"),
  ]
}
