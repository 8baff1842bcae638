// SPDX-License-Identifier: Apache-2.0

import Rome

extension InstanceExtra {
  /// The instance.
  public static let instance = NovaToOne<InstanceExtra, Instance>(
    "instance", InstanceExtra.instanceUUID, Instance.uuid, .any)
}
