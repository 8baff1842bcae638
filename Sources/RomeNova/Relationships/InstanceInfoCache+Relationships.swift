// SPDX-License-Identifier: Apache-2.0

import Rome

extension InstanceInfoCache {
  /// The instance.
  public static let instance = NovaToOne<InstanceInfoCache, Instance>(
    "instance", InstanceInfoCache.instanceUUID, Instance.uuid, .any)
}
