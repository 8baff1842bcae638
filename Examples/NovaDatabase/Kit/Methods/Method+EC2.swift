// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// The numbers of the EC2 interface.
  static let ec2: [Method] = [
    Method(
      "ec2_volume_create", NovaDatabase.ec2VolumeCreate, .named("volume_uuid", "volume_id"),
      .optional("id", "forced_id", or: nil)),
    Method("ec2_volume_get_by_id", NovaDatabase.ec2VolumeGetByID, "volume_id"),
    Method("ec2_volume_get_by_uuid", NovaDatabase.ec2VolumeGetByUUID, "volume_uuid"),
    Method(
      "ec2_snapshot_create", NovaDatabase.ec2SnapshotCreate, .named("snapshot_uuid", "snapshot_id"),
      .optional("id", "forced_id", or: nil)),
    Method("ec2_snapshot_get_by_ec2_id", NovaDatabase.ec2SnapshotGetByEC2ID, "ec2_id"),
    Method("ec2_snapshot_get_by_uuid", NovaDatabase.ec2SnapshotGetByUUID, "snapshot_uuid"),
    Method("get_instance_uuid_by_ec2_id", NovaDatabase.getInstanceUUIDByEC2ID, "ec2_id"),
    Method(
      "ec2_instance_create", NovaDatabase.ec2InstanceCreate, .named("instance_uuid"), .optional("id", or: nil)),
    Method("ec2_instance_get_by_uuid", NovaDatabase.ec2InstanceGetByUUID, "instance_uuid"),
    Method("ec2_instance_get_by_id", NovaDatabase.ec2InstanceGetByID, "instance_id"),
    Method("s3_image_get", NovaDatabase.s3ImageGet, "image_id"),
    Method("s3_image_get_by_uuid", NovaDatabase.s3ImageGetByUUID, "image_uuid"),
    Method("s3_image_create", NovaDatabase.s3ImageCreate, "image_uuid"),
  ]
}
