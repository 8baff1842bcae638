// SPDX-License-Identifier: Apache-2.0

import Rome

extension PciDevice {
  /// The instance that has the device.
  public static let instance = NovaToOne<PciDevice, Instance>(
    "instance", PciDevice.instanceUUID, Instance.uuid, .anyFromLive)
}
