// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Groups of instances.
  static let instanceGroups: [Method] = [
    Method(
      "instance_group_create", NovaDatabase.instanceGroupCreate, .named("values"), .optional("policies", or: nil),
      .optional("members", or: nil)),
    Method("instance_group_get", NovaDatabase.instanceGroupGet, "group_uuid"),
    Method("instance_group_get_by_instance", NovaDatabase.instanceGroupGetByInstance, "instance_uuid"),
    Method("instance_group_update", NovaDatabase.instanceGroupUpdate, "group_uuid", "values"),
    Method("instance_group_delete", NovaDatabase.instanceGroupDelete, "group_uuid"),
    Method("instance_group_get_all", NovaDatabase.instanceGroupGetAll),
    Method("instance_group_get_all_by_project_id", NovaDatabase.instanceGroupGetAllByProjectID, "project_id"),
    Method(
      "instance_group_members_add", NovaDatabase.instanceGroupMembersAdd, .named("group_uuid"), .named("members"),
      .optional("set_delete", or: false)),
    Method("instance_group_member_delete", NovaDatabase.instanceGroupMemberDelete, "group_uuid", "instance_id"),
    Method("instance_group_members_get", NovaDatabase.instanceGroupMembersGet, "group_uuid"),
  ]
}
