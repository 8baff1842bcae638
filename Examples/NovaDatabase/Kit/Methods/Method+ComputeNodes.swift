// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Compute nodes.
  static let computeNodes: [Method] = [
    Method("compute_node_get", NovaDatabase.computeNodeGet, "compute_id", answering: .objects),
    Method("compute_node_get_model", NovaDatabase.computeNodeGetModel, "compute_id"),
    Method(
      "compute_nodes_get_by_service_id", NovaDatabase.computeNodesGetByServiceID, "service_id", answering: .objects),
    Method(
      "compute_node_get_by_host_and_nodename", NovaDatabase.computeNodeGetByHostAndNodename, "host", "nodename",
      answering: .objects),
    Method(
      "compute_node_get_by_nodename", NovaDatabase.computeNodeGetByNodename, "hypervisor_hostname", answering: .objects),
    Method("compute_node_get_all", NovaDatabase.computeNodeGetAll, answering: .objects),
    Method(
      "compute_node_get_all_mapped_less_than", NovaDatabase.computeNodeGetAllMappedLessThan, "mapped_less_than",
      answering: .objects),
    Method(
      "compute_node_get_all_by_pagination", NovaDatabase.computeNodeGetAllByPagination, .optional("limit", or: nil),
      .optional("marker", or: nil), answering: .objects),
    Method("compute_node_get_all_by_host", NovaDatabase.computeNodeGetAllByHost, "host", answering: .objects),
    Method("compute_node_search_by_hypervisor", NovaDatabase.computeNodeSearchByHypervisor, "hypervisor_match"),
    Method("compute_node_create", NovaDatabase.computeNodeCreate, "values"),
    Method("compute_node_update", NovaDatabase.computeNodeUpdate, "compute_id", "values"),
    Method("compute_node_delete", NovaDatabase.computeNodeDelete, "compute_id"),
    Method("compute_node_statistics", NovaDatabase.computeNodeStatistics),
  ]
}
