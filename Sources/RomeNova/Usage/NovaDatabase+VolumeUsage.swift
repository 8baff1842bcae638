// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Rome

extension NovaDatabase {
  /// The usage of the volumes whose counters or totals were changed after a time, or never, deleted rows too.
  ///
  /// That reads the table: a volume that was not detached yet has no time of its totals, so nearly all rows are among the
  /// results, and an index of the times would cost each report more than it spares here.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller.
  public func volGetUsageByTime(
    _ context: NovaContext, begin: Date
  ) async throws(NovaError) -> [NovaRow<VolumeUsage>] {
    try context.require()
    return try await reading(context) { call in
      let total = VolumeUsage.totLastRefreshed == nil || VolumeUsage.totLastRefreshed > begin
      let current = VolumeUsage.currLastRefreshed == nil || VolumeUsage.currLastRefreshed > begin
      return try await call.query(VolumeUsage.self, readDeleted: .yes).filter(total || current).rows()
    }
  }

  /// Sets the counters of an attached volume, or adds them to the totals when it is detached.
  ///
  /// Where a counter is lower than it was, the instance was restarted: what was counted before goes into the totals.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - id: The UUID of the volume.
  ///   - reads: The read requests since the instance was started.
  ///   - readBytes: The bytes that were read since.
  ///   - writes: The write requests since.
  ///   - writeBytes: The bytes that were written since.
  ///   - instanceUUID: The UUID of the instance.
  ///   - projectID: The project of the instance.
  ///   - userID: The user of the instance.
  ///   - availabilityZone: The availability zone of the instance.
  ///   - updateTotals: Whether the volume is detached: the counters go into the totals and begin at 0 again.
  /// - Returns: The row.
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/dbError`` when a total is out of range.
  public func volUsageUpdate(
    _ context: NovaContext, id: String, reads: Int64, readBytes: Int64, writes: Int64, writeBytes: Int64,
    instanceUUID: String?, projectID: String?, userID: String?, availabilityZone: String?, updateTotals: Bool = false
  ) async throws(NovaError) -> NovaRow<VolumeUsage> {
    try context.require()
    let reported = VolumeCounters(reads: reads, readBytes: readBytes, writes: writes, writeBytes: writeBytes)
    return try await transaction(context) { call in
      let usage = try await call.volumeUsage(id)
      if reported.hasFallen(below: usage.current) { usage.total = try usage.total + usage.current }
      if updateTotals {
        usage.total = try usage.total + reported
        usage.current = VolumeCounters()
        usage.totLastRefreshed = call.now
      } else {
        usage.current = reported
        usage.currLastRefreshed = call.now
      }
      usage.instanceUUID = instanceUUID
      usage.projectID = projectID
      usage.userID = userID
      usage.availabilityZone = availabilityZone
      try await call.session.flush()
      return NovaRow(usage)
    }
  }
}

extension NovaCall {
  /// The usage of a volume, a new row when there is none.
  fileprivate func volumeUsage(_ volumeID: String) async throws -> VolumeUsage {
    let usages = query(VolumeUsage.self, readDeleted: .yes).filter(VolumeUsage.volumeID == volumeID)
    if let usage = try await usages.byKey().first() { return usage }
    return try make(NovaValues { $0.volumeID = volumeID })
  }
}
