// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Rome

extension NovaDatabase {
  /// What an interface of an instance has sent and received in a period, a deleted row too; nil when there is none.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - uuid: The UUID of the instance.
  ///   - startPeriod: When the period began.
  ///   - mac: The address of the interface.
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller.
  public func bwUsageGet(
    _ context: NovaContext, uuid: String, startPeriod: Date, mac: String
  ) async throws(NovaError) -> NovaRow<BandwidthUsage>? {
    try context.require()
    return try await reading(context) { call in
      try await call.bandwidthUsage(uuid, mac, startPeriod).map { NovaRow($0) }
    }
  }

  /// What the interfaces of some instances have sent and received in a period, deleted rows too.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller.
  public func bwUsageGetByUUIDs(
    _ context: NovaContext, uuids: [String], startPeriod: Date
  ) async throws(NovaError) -> [NovaRow<BandwidthUsage>] {
    try context.require()
    return try await reading(context) { call in
      try await call.query(BandwidthUsage.self, readDeleted: .yes)
        .filter(BandwidthUsage.uuid.in(uuids), BandwidthUsage.startPeriod == startPeriod).rows()
    }
  }

  /// Sets what an interface of an instance has sent and received in a period. However many callers do that at the same time,
  /// there is one row for an interface and a period.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - uuid: The UUID of the instance.
  ///   - mac: The address of the interface.
  ///   - startPeriod: When the period began.
  ///   - bwIn: The bytes received in the period.
  ///   - bwOut: The bytes sent in the period.
  ///   - lastCtrIn: The hypervisor's counter of received bytes.
  ///   - lastCtrOut: The hypervisor's counter of sent bytes.
  ///   - lastRefreshed: When the counters were read; nil for now.
  /// - Returns: The row.
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller.
  public func bwUsageUpdate(
    _ context: NovaContext, uuid: String, mac: String, startPeriod: Date, bwIn: Int64?, bwOut: Int64?,
    lastCtrIn: Int64?, lastCtrOut: Int64?, lastRefreshed: Date? = nil
  ) async throws(NovaError) -> NovaRow<BandwidthUsage> {
    try context.require()
    return try await transaction(context) { call in
      var values = NovaValues<BandwidthUsage>()
      values.lastRefreshed = lastRefreshed ?? call.now
      values.bwIn = bwIn
      values.bwOut = bwOut
      values.lastCtrIn = lastCtrIn
      values.lastCtrOut = lastCtrOut
      if let usage = try await call.bandwidthUsage(uuid, mac, startPeriod) {
        try await call.update(usage, values)
        return NovaRow(usage)
      }
      values.uuid = uuid
      values.mac = mac
      values.startPeriod = startPeriod
      return NovaRow(try await call.insert(values))
    }
  }
}

extension NovaCall {
  /// The row of an interface and a period; the oldest one, where a database of Nova itself came to have several.
  fileprivate func bandwidthUsage(
    _ uuid: String, _ mac: String, _ startPeriod: Date
  ) async throws -> BandwidthUsage? {
    try await query(BandwidthUsage.self, readDeleted: .yes)
      .filter(
        BandwidthUsage.uuid == uuid, BandwidthUsage.startPeriod == startPeriod, BandwidthUsage.mac == mac
      ).byKey().first()
  }
}
