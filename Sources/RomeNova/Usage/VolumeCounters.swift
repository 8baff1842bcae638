// SPDX-License-Identifier: Apache-2.0

/// How much a volume was read and written.
struct VolumeCounters: Hashable, Sendable {
  /// The read requests.
  var reads: Int64 = 0
  /// The bytes that were read.
  var readBytes: Int64 = 0
  /// The write requests.
  var writes: Int64 = 0
  /// The bytes that were written.
  var writeBytes: Int64 = 0

  /// Whether a counter is lower than before: the hypervisor has begun to count again, since the instance was restarted.
  func hasFallen(below before: VolumeCounters) -> Bool {
    reads < before.reads || readBytes < before.readBytes || writes < before.writes || writeBytes < before.writeBytes
  }

  /// The sums.
  ///
  /// - Throws: ``NovaError/Code/dbError`` when one does not fit.
  static func + (left: VolumeCounters, right: VolumeCounters) throws(NovaError) -> VolumeCounters {
    VolumeCounters(
      reads: try sum(left.reads, right.reads), readBytes: try sum(left.readBytes, right.readBytes),
      writes: try sum(left.writes, right.writes), writeBytes: try sum(left.writeBytes, right.writeBytes))
  }

  private static func sum(_ left: Int64, _ right: Int64) throws(NovaError) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    if overflow { throw NovaError(.dbError, detail: "a total of the usage of a volume is out of range") }
    return sum
  }
}

extension VolumeUsage {
  /// The counters of earlier attachments.
  var total: VolumeCounters {
    get {
      VolumeCounters(
        reads: totReads ?? 0, readBytes: totReadBytes ?? 0, writes: totWrites ?? 0, writeBytes: totWriteBytes ?? 0)
    }
    set {
      totReads = newValue.reads
      totReadBytes = newValue.readBytes
      totWrites = newValue.writes
      totWriteBytes = newValue.writeBytes
    }
  }

  /// The counters of the attachment.
  var current: VolumeCounters {
    get {
      VolumeCounters(
        reads: currReads ?? 0, readBytes: currReadBytes ?? 0, writes: currWrites ?? 0,
        writeBytes: currWriteBytes ?? 0)
    }
    set {
      currReads = newValue.reads
      currReadBytes = newValue.readBytes
      currWrites = newValue.writes
      currWriteBytes = newValue.writeBytes
    }
  }
}
