// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Services.
  static let services: [Method] = [
    Method("service_destroy", NovaDatabase.serviceDestroy, "service_id"),
    Method("service_get", NovaDatabase.serviceGet, "service_id"),
    Method("service_get_by_uuid", NovaDatabase.serviceGetByUUID, "service_uuid"),
    Method("service_get_minimum_version", NovaDatabase.minimumVersion, .named("binaries", "binary")),
    Method("service_get_by_host_and_topic", NovaDatabase.serviceGetByHostAndTopic, "host", "topic"),
    Method("service_get_by_host_and_binary", NovaDatabase.serviceGetByHostAndBinary, "host", "binary"),
    Method("service_get_all", NovaDatabase.serviceGetAll, .optional("disabled", or: nil)),
    Method("service_get_all_by_topic", NovaDatabase.serviceGetAllByTopic, "topic"),
    Method(
      "service_get_all_by_binary", NovaDatabase.serviceGetAllByBinary, .named("binary"),
      .optional("include_disabled", or: false)),
    Method(
      "service_get_all_computes_by_hv_type", NovaDatabase.serviceGetAllComputesByHypervisorType, .named("hv_type"),
      .optional("include_disabled", or: false)),
    Method("service_get_all_by_host", NovaDatabase.serviceGetAllByHost, "host"),
    Method("service_get_by_compute_host", NovaDatabase.serviceGetByComputeHost, "host"),
    Method("service_create", NovaDatabase.serviceCreate, "values"),
    Method("service_update", NovaDatabase.serviceUpdate, "service_id", "values"),
  ]
}
