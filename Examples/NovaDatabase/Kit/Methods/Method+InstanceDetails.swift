// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// What belongs to one instance: tags, both kinds of metadata, the info cache, and the extra row.
  static let instanceDetails: [Method] = [
    Method("instance_tag_add", NovaDatabase.instanceTagAdd, "instance_uuid", "tag"),
    Method("instance_tag_set", NovaDatabase.instanceTagSet, "instance_uuid", "tags"),
    Method("instance_tag_get_by_instance_uuid", NovaDatabase.instanceTagGetByInstanceUUID, "instance_uuid"),
    Method("instance_tag_delete", NovaDatabase.instanceTagDelete, "instance_uuid", "tag"),
    Method("instance_tag_delete_all", NovaDatabase.instanceTagDeleteAll, "instance_uuid"),
    Method("instance_tag_exists", NovaDatabase.instanceTagExists, "instance_uuid", "tag"),
    Method("instance_metadata_get", NovaDatabase.instanceMetadataGet, "instance_uuid"),
    Method("instance_metadata_delete", NovaDatabase.instanceMetadataDelete, "instance_uuid", "key"),
    Method(
      "instance_metadata_update", NovaDatabase.instanceMetadataUpdate, "instance_uuid", "metadata", "delete"),
    Method("instance_system_metadata_get", NovaDatabase.instanceSystemMetadataGet, "instance_uuid"),
    Method(
      "instance_system_metadata_update", NovaDatabase.instanceSystemMetadataUpdate, "instance_uuid", "metadata",
      "delete"),
    Method("instance_info_cache_get", NovaDatabase.instanceInfoCacheGet, "instance_uuid"),
    Method("instance_info_cache_update", NovaDatabase.instanceInfoCacheUpdate, "instance_uuid", "values"),
    Method("instance_info_cache_delete", NovaDatabase.instanceInfoCacheDelete, "instance_uuid"),
    Method(
      "instance_extra_get_by_instance_uuid", NovaDatabase.instanceExtraGetByInstanceUUID, .named("instance_uuid"),
      .optional("columns", or: nil)),
    Method(
      "instance_extra_update_by_uuid", NovaDatabase.instanceExtraUpdateByUUID, .named("instance_uuid"),
      .named("values", "updates")),
  ]
}
