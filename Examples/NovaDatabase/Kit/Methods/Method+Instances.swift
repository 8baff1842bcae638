// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Instances, one at a time.
  static let instances: [Method] = [
    Method("instance_create", NovaDatabase.instanceCreate, "values"),
    Method(
      "instance_destroy", NovaDatabase.instanceDestroy, .named("instance_uuid"), .optional("constraint", or: nil),
      .optional("hard_delete", or: false)),
    Method(
      "instance_get_by_uuid", NovaDatabase.instanceGetByUUID, .named("uuid"), .optional("columns_to_join", or: nil)),
    Method("instance_get", NovaDatabase.instanceGet, .named("instance_id"), .optional("columns_to_join", or: nil)),
    Method(
      "instance_update", NovaDatabase.instanceUpdate, .named("instance_uuid"), .named("values"),
      .optional("expected", or: NovaExpectedValues())),
    Method(
      "instance_update_and_get_original", NovaDatabase.instanceUpdateAndGetOriginal, .named("instance_uuid"),
      .named("values"), .optional("columns_to_join", or: nil), .optional("expected", or: NovaExpectedValues())),
    Method(
      "instance_add_security_group", NovaDatabase.instanceAddSecurityGroup, .named("instance_uuid", "instance_id"),
      .named("security_group_id")),
    Method(
      "instance_remove_security_group", NovaDatabase.instanceRemoveSecurityGroup,
      .named("instance_uuid", "instance_id"), .named("security_group_id")),
    Method("security_group_ensure_default", NovaDatabase.securityGroupEnsureDefault),
  ]
}
