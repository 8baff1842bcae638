// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Faults of instances.
  static let instanceFaults: [Method] = [
    Method("instance_fault_create", NovaDatabase.instanceFaultCreate, "values"),
    Method(
      "instance_fault_get_by_instance_uuids", NovaDatabase.instanceFaultGetByInstanceUUIDs, .named("instance_uuids"),
      .optional("latest", or: false)),
  ]
}
