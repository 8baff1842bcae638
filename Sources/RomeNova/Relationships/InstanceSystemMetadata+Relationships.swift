// SPDX-License-Identifier: Apache-2.0

import Rome

extension InstanceSystemMetadata {
  /// The instance.
  public static let instance = NovaToOne<InstanceSystemMetadata, Instance>(
    "instance", InstanceSystemMetadata.instanceUUID, Instance.uuid, .any)
}
