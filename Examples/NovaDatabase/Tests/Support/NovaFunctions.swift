// SPDX-License-Identifier: Apache-2.0

/// The functions of `nova.db.api` that there are to offer.
enum NovaFunctions {
  /// Functions that belong together.
  struct Domain {
    let name: String
    let functions: [String]
  }

  /// Those of Mitaka by domain, without the five that touch no data: `constraint`, `equal_any` and `not_equal`, which only build
  /// arguments, `create_context_manager` and `select_db_reader_mode`.
  static let mitaka: [Domain] = [
    Domain(
      name: "Services",
      functions: [
        "service_destroy", "service_get", "service_get_minimum_version", "service_get_by_host_and_topic",
        "service_get_by_host_and_binary", "service_get_all", "service_get_all_by_topic",
        "service_get_all_by_binary", "service_get_all_by_host", "service_get_by_compute_host",
        "service_create", "service_update",
      ]),
    Domain(
      name: "Compute nodes",
      functions: [
        "compute_node_get", "compute_node_get_model", "compute_nodes_get_by_service_id",
        "compute_node_get_by_host_and_nodename", "compute_node_get_all", "compute_node_get_all_by_host",
        "compute_node_search_by_hypervisor", "compute_node_create", "compute_node_update",
        "compute_node_delete", "compute_node_statistics",
      ]),
    Domain(
      name: "Certificates",
      functions: [
        "certificate_create", "certificate_get_all_by_project", "certificate_get_all_by_user",
        "certificate_get_all_by_user_and_project",
      ]),
    Domain(
      name: "Floating IPs",
      functions: [
        "floating_ip_get", "floating_ip_get_pools", "floating_ip_allocate_address", "floating_ip_bulk_create",
        "floating_ip_bulk_destroy", "floating_ip_create", "floating_ip_deallocate", "floating_ip_destroy",
        "floating_ip_disassociate", "floating_ip_fixed_ip_associate", "floating_ip_get_all",
        "floating_ip_get_all_by_host", "floating_ip_get_all_by_project", "floating_ip_get_by_address",
        "floating_ip_get_by_fixed_address", "floating_ip_get_by_fixed_ip_id", "floating_ip_update",
      ]),
    Domain(
      name: "DNS domains",
      functions: [
        "dnsdomain_get_all", "dnsdomain_register_for_zone", "dnsdomain_register_for_project",
        "dnsdomain_unregister", "dnsdomain_get",
      ]),
    Domain(
      name: "Migrations",
      functions: [
        "migration_update", "migration_create", "migration_get", "migration_get_by_id_and_instance",
        "migration_get_by_instance_and_status", "migration_get_unconfirmed_by_dest_compute",
        "migration_get_in_progress_by_host_and_node", "migration_get_all_by_filters",
        "migration_get_in_progress_by_instance",
      ]),
    Domain(
      name: "Fixed IPs",
      functions: [
        "fixed_ip_associate", "fixed_ip_associate_pool", "fixed_ip_create", "fixed_ip_bulk_create",
        "fixed_ip_disassociate", "fixed_ip_disassociate_all_by_timeout", "fixed_ip_get", "fixed_ip_get_all",
        "fixed_ip_get_by_address", "fixed_ip_get_by_floating_address", "fixed_ip_get_by_instance",
        "fixed_ip_get_by_host", "fixed_ip_get_by_network_host", "fixed_ips_by_virtual_interface",
        "fixed_ip_update",
      ]),
    Domain(
      name: "Virtual interfaces",
      functions: [
        "virtual_interface_create", "virtual_interface_get", "virtual_interface_get_by_address",
        "virtual_interface_get_by_uuid", "virtual_interface_get_by_instance",
        "virtual_interface_get_by_instance_and_network", "virtual_interface_delete_by_instance",
        "virtual_interface_get_all",
      ]),
    Domain(
      name: "Instances",
      functions: [
        "instance_create", "instance_destroy", "instance_get_by_uuid", "instance_get", "instance_get_all",
        "instance_get_all_by_filters", "instance_get_all_by_filters_sort",
        "instance_get_active_by_window_joined", "instance_get_all_by_host",
        "instance_get_all_by_host_and_node", "instance_get_all_by_host_and_not_type",
        "instance_get_all_by_grantee_security_groups", "instance_floating_address_get_all",
        "instance_get_all_hung_in_rebooting", "instance_update", "instance_update_and_get_original",
        "instance_add_security_group", "instance_remove_security_group",
      ]),
    Domain(
      name: "Instance groups",
      functions: [
        "instance_group_create", "instance_group_get", "instance_group_get_by_instance",
        "instance_group_update", "instance_group_delete", "instance_group_get_all",
        "instance_group_get_all_by_project_id", "instance_group_members_add", "instance_group_member_delete",
        "instance_group_members_get",
      ]),
    Domain(
      name: "Instance info caches",
      functions: [
        "instance_info_cache_get", "instance_info_cache_update", "instance_info_cache_delete",
      ]),
    Domain(
      name: "Instance extra",
      functions: [
        "instance_extra_get_by_instance_uuid", "instance_extra_update_by_uuid",
      ]),
    Domain(
      name: "Key pairs",
      functions: [
        "key_pair_create", "key_pair_destroy", "key_pair_get", "key_pair_get_all_by_user",
        "key_pair_count_by_user",
      ]),
    Domain(
      name: "Networks",
      functions: [
        "network_associate", "network_count_reserved_ips", "network_create_safe", "network_delete_safe",
        "network_disassociate", "network_get", "network_get_all", "network_get_all_by_uuids",
        "network_in_use_on_host", "network_get_associated_fixed_ips", "network_get_by_uuid",
        "network_get_by_cidr", "network_get_all_by_host", "network_set_host", "network_update",
        "project_get_networks",
      ]),
    Domain(
      name: "Quotas",
      functions: [
        "quota_create", "quota_get", "quota_get_all_by_project_and_user", "quota_get_all_by_project",
        "quota_get_all", "quota_update", "quota_destroy_all_by_project_and_user",
        "quota_destroy_all_by_project",
      ]),
    Domain(
      name: "Quota classes",
      functions: [
        "quota_class_create", "quota_class_get", "quota_class_get_default", "quota_class_get_all_by_name",
        "quota_class_update",
      ]),
    Domain(
      name: "Quota usages and reservations",
      functions: [
        "quota_usage_get", "quota_usage_get_all_by_project_and_user", "quota_usage_get_all_by_project",
        "quota_usage_update", "quota_reserve", "reservation_commit", "reservation_rollback",
        "reservation_expire",
      ]),
    Domain(
      name: "EC2 ids and S3 images",
      functions: [
        "ec2_volume_create", "ec2_volume_get_by_id", "ec2_volume_get_by_uuid", "ec2_snapshot_create",
        "ec2_snapshot_get_by_ec2_id", "ec2_snapshot_get_by_uuid", "get_instance_uuid_by_ec2_id",
        "ec2_instance_create", "ec2_instance_get_by_uuid", "ec2_instance_get_by_id", "s3_image_get",
        "s3_image_get_by_uuid", "s3_image_create",
      ]),
    Domain(
      name: "Block device mappings",
      functions: [
        "block_device_mapping_create", "block_device_mapping_update", "block_device_mapping_update_or_create",
        "block_device_mapping_get_all_by_instance_uuids", "block_device_mapping_get_all_by_instance",
        "block_device_mapping_get_all_by_volume_id", "block_device_mapping_get_by_instance_and_volume_id",
        "block_device_mapping_destroy", "block_device_mapping_destroy_by_instance_and_device",
        "block_device_mapping_destroy_by_instance_and_volume",
      ]),
    Domain(
      name: "Security groups",
      functions: [
        "security_group_get_all", "security_group_get", "security_group_get_by_name",
        "security_group_get_by_project", "security_group_get_by_instance", "security_group_in_use",
        "security_group_create", "security_group_update", "security_group_ensure_default",
        "security_group_destroy",
      ]),
    Domain(
      name: "Security group rules",
      functions: [
        "security_group_rule_create", "security_group_rule_get_by_security_group",
        "security_group_rule_get_by_instance", "security_group_rule_destroy", "security_group_rule_get",
        "security_group_rule_count_by_group", "security_group_default_rule_get",
        "security_group_default_rule_destroy", "security_group_default_rule_create",
        "security_group_default_rule_list",
      ]),
    Domain(
      name: "Provider firewall rules",
      functions: [
        "provider_fw_rule_create", "provider_fw_rule_get_all", "provider_fw_rule_destroy",
      ]),
    Domain(
      name: "Consoles",
      functions: [
        "console_pool_create", "console_pool_get_by_host_type", "console_pool_get_all_by_host_type",
        "console_create", "console_delete", "console_get_by_pool_instance", "console_get_all_by_instance",
        "console_get",
      ]),
    Domain(
      name: "Flavors",
      functions: [
        "flavor_create", "flavor_get_all", "flavor_get", "flavor_get_by_name", "flavor_get_by_flavor_id",
        "flavor_destroy", "flavor_access_get_by_flavor_id", "flavor_access_add", "flavor_access_remove",
        "flavor_extra_specs_get", "flavor_extra_specs_delete", "flavor_extra_specs_update_or_create",
      ]),
    Domain(
      name: "PCI devices",
      functions: [
        "pci_device_get_by_addr", "pci_device_get_by_id", "pci_device_get_all_by_node",
        "pci_device_get_all_by_instance_uuid", "pci_device_get_all_by_parent_addr", "pci_device_destroy",
        "pci_device_update", "pcidevice_online_data_migration",
      ]),
    Domain(
      name: "Cells",
      functions: [
        "cell_create", "cell_update", "cell_delete", "cell_get", "cell_get_all",
      ]),
    Domain(
      name: "Instance metadata",
      functions: [
        "instance_metadata_get", "instance_metadata_delete", "instance_metadata_update",
      ]),
    Domain(
      name: "Instance system metadata",
      functions: [
        "instance_system_metadata_get", "instance_system_metadata_update",
      ]),
    Domain(
      name: "Agent builds",
      functions: [
        "agent_build_create", "agent_build_get_by_triple", "agent_build_get_all", "agent_build_destroy",
        "agent_build_update",
      ]),
    Domain(
      name: "Bandwidth usage",
      functions: [
        "bw_usage_get", "bw_usage_get_by_uuids", "bw_usage_update",
      ]),
    Domain(
      name: "Volume usage",
      functions: [
        "vol_get_usage_by_time", "vol_usage_update",
      ]),
    Domain(
      name: "Aggregates",
      functions: [
        "aggregate_create", "aggregate_get", "aggregate_get_by_host", "aggregate_metadata_get_by_host",
        "aggregate_get_by_metadata_key", "aggregate_update", "aggregate_delete", "aggregate_get_all",
        "aggregate_metadata_add", "aggregate_metadata_get", "aggregate_metadata_delete", "aggregate_host_add",
        "aggregate_host_get_all", "aggregate_host_delete",
      ]),
    Domain(
      name: "Instance faults",
      functions: [
        "instance_fault_create", "instance_fault_get_by_instance_uuids",
      ]),
    Domain(
      name: "Instance actions and events",
      functions: [
        "action_start", "action_finish", "actions_get", "action_get_by_request_id", "action_event_start",
        "action_event_finish", "action_events_get", "action_event_get_by_id",
      ]),
    Domain(
      name: "Task log",
      functions: [
        "task_log_end_task", "task_log_begin_task", "task_log_get_all", "task_log_get",
      ]),
    Domain(
      name: "Archive and online migrations",
      functions: [
        "archive_deleted_rows", "aggregate_uuids_online_data_migration",
        "computenode_uuids_online_data_migration",
      ]),
    Domain(
      name: "Instance tags",
      functions: [
        "instance_tag_add", "instance_tag_set", "instance_tag_get_by_instance_uuid", "instance_tag_delete",
        "instance_tag_delete_all", "instance_tag_exists",
      ]),
  ]

  /// Those of later releases up to Train that OpenStack's tests call.
  static let later = Domain(
    name: "Functions of later releases",
    functions: [
      "aggregate_get_by_uuid", "compute_node_get_all_by_pagination", "console_auth_token_create",
      "console_auth_token_destroy_all_by_instance", "console_auth_token_destroy_expired_by_host",
      "console_auth_token_get_valid", "quota_usage_refresh", "service_get_all_computes_by_hv_type",
      "virtual_interface_delete", "virtual_interface_update", "compute_node_get_all_mapped_less_than",
      "compute_node_get_by_nodename", "console_auth_token_destroy_expired", "instance_get_all_uuids_by_hosts",
      "instance_get_by_sort_filters", "migration_get_by_uuid", "service_get_by_uuid",
      "service_uuids_online_data_migration",
    ])
}
