// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Block device mappings.
  static let blockDevices: [Method] = [
    Method(
      "block_device_mapping_create", NovaDatabase.blockDeviceMappingCreate, .named("values"),
      .optional("legacy", or: true)),
    Method(
      "block_device_mapping_update", NovaDatabase.blockDeviceMappingUpdate, .named("bdm_id"), .named("values"),
      .optional("legacy", or: true)),
    Method(
      "block_device_mapping_update_or_create", NovaDatabase.blockDeviceMappingUpdateOrCreate, .named("values"),
      .optional("legacy", or: true)),
    Method(
      "block_device_mapping_get_all_by_instance_uuids", NovaDatabase.blockDeviceMappingGetAllByInstanceUUIDs,
      "instance_uuids"),
    Method(
      "block_device_mapping_get_all_by_instance", NovaDatabase.blockDeviceMappingGetAllByInstance, "instance_uuid"),
    Method(
      "block_device_mapping_get_all_by_volume_id", NovaDatabase.blockDeviceMappingGetAllByVolumeID,
      .named("volume_id"), .optional("columns_to_join", or: nil)),
    Method(
      "block_device_mapping_get_by_instance_and_volume_id",
      NovaDatabase.blockDeviceMappingGetByInstanceAndVolumeID, .named("volume_id"), .named("instance_uuid"),
      .optional("columns_to_join", or: nil)),
    Method("block_device_mapping_destroy", NovaDatabase.blockDeviceMappingDestroy, "bdm_id"),
    Method(
      "block_device_mapping_destroy_by_instance_and_device",
      NovaDatabase.blockDeviceMappingDestroyByInstanceAndDevice, "instance_uuid", "device_name"),
    Method(
      "block_device_mapping_destroy_by_instance_and_volume",
      NovaDatabase.blockDeviceMappingDestroyByInstanceAndVolume, "instance_uuid", "volume_id"),
  ]
}
