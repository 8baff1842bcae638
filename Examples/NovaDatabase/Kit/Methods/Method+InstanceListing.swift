// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Lists of instances.
  static let instanceListing: [Method] = [
    Method(
      "instance_get_all", NovaDatabase.instanceGetAll, .optional("columns_to_join", or: nil), answering: .objects),
    Method(
      "instance_get_all_by_filters", NovaDatabase.instanceGetAllByFilters, .named("filters"),
      .optional("sort_key", or: "created_at"), .optional("sort_dir", or: .descending), .optional("limit", or: nil),
      .optional("marker", or: nil), .optional("columns_to_join", or: nil), answering: .objects),
    Method(
      "instance_get_all_by_filters_sort", NovaDatabase.instanceGetAllByFiltersSort, .named("filters"),
      .optional("limit", or: nil), .optional("marker", or: nil), .optional("columns_to_join", or: nil),
      .optional("sort_keys", or: nil), .optional("sort_dirs", or: nil), answering: .objects),
    Method(
      "instance_get_by_sort_filters", NovaDatabase.instanceGetBySortFilters, "sort_keys", "sort_dirs", "values"),
    Method(
      "instance_get_active_by_window_joined", NovaDatabase.instanceGetActiveByWindowJoined, .named("begin"),
      .optional("end", or: nil), .optional("project_id", or: nil), .optional("host", or: nil),
      .optional("columns_to_join", or: nil), .optional("limit", or: nil), .optional("marker", or: nil),
      answering: .objects),
    Method(
      "instance_get_all_by_host", NovaDatabase.instanceGetAllByHost, .named("host"),
      .optional("columns_to_join", or: nil), answering: .objects),
    Method(
      "instance_get_all_by_host_and_node", NovaDatabase.instanceGetAllByHostAndNode, .named("host"), .named("node"),
      .optional("columns_to_join", or: nil), answering: .objects),
    Method(
      "instance_get_all_by_host_and_not_type", NovaDatabase.instanceGetAllByHostAndNotType, .named("host"),
      .optional("type_id", or: nil), answering: .objects),
    Method("instance_get_all_uuids_by_hosts", NovaDatabase.instanceGetAllUUIDsByHosts, "hosts"),
    Method(
      "instance_get_all_by_grantee_security_groups", NovaDatabase.instanceGetAllByGranteeSecurityGroups, "group_ids",
      answering: .objects),
    Method("instance_floating_address_get_all", NovaDatabase.instanceFloatingAddressGetAll, "instance_uuid"),
    Method(
      "instance_get_all_hung_in_rebooting", NovaDatabase.instanceGetAllHungInRebooting, "reboot_window",
      answering: .objects),
  ]
}
