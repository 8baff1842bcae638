// SPDX-License-Identifier: Apache-2.0

import Rome

extension InstanceMetadata {
  /// The instance.
  public static let instance = NovaToOne<InstanceMetadata, Instance>(
    "instance", InstanceMetadata.instanceUUID, Instance.uuid, .anyFromLive)
}
