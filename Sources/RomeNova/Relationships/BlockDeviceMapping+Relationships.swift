// SPDX-License-Identifier: Apache-2.0

import Rome

extension BlockDeviceMapping {
  /// The instance that has the device.
  public static let instance = NovaToOne<BlockDeviceMapping, Instance>(
    "instance", BlockDeviceMapping.instanceUUID, Instance.uuid, .anyFromLive)
}
