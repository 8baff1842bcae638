// SPDX-License-Identifier: Apache-2.0

import JSONService
import RomeNova

extension ComputeNodeStatistics: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue {
    let fields = [
      "count": count, "vcpus": vcpus, "memory_mb": memoryMB, "local_gb": localGB, "vcpus_used": vcpusUsed,
      "memory_mb_used": memoryMBUsed, "local_gb_used": localGBUsed, "free_ram_mb": freeRamMB,
      "free_disk_gb": freeDiskGB, "current_workload": currentWorkload, "running_vms": runningVms,
      "disk_available_least": diskAvailableLeast,
    ]
    return fields.wire(encoder)
  }
}

extension NovaFlavor: WireAnswer {
  /// A plain object with the extra specs among the columns.
  func wire(_ encoder: WireEncoder) -> JSONValue {
    var encoder = encoder
    encoder.form = .objects
    var flavor = row
    flavor[InstanceTypes.extraSpecs] = nil
    var fields = encoder.encode(flavor).objectValue ?? [:]
    fields["extra_specs"] = extraSpecs.wire(encoder)
    return .object(fields)
  }
}
