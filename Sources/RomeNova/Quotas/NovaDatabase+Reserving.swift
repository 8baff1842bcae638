// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Rome

extension NovaDatabase {
  /// Reserves resources for a user of a project, all of them or none, and answers the reservations, which are to be
  /// committed or rolled back. However many callers reserve at the same time, together they stay within the limits.
  ///
  /// How much is in use is counted again before where nothing is known of it, where it is less than 0, after so many
  /// reservations, and, where reservations are not counted, after a time. Nova forgets the new count when the reservation is
  /// refused, but decides by the old one of the project; here the decision is made by the new one.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - resources: What counts the resources, by name. One counter may count several.
  ///   - projectQuotas: The limits of the project by resource; -1 for none.
  ///   - userQuotas: The limits of the user by resource; -1 for none.
  ///   - deltas: How much of each resource; less than 0 to give back, which is never refused.
  ///   - expire: When the reservations lapse; nil for never.
  ///   - untilRefresh: After how many reservations usages are counted again; nil or 0 for never.
  ///   - maxAge: How long after its last change a usage is counted again; nil or zero for never.
  ///   - projectID: The project; nil for the caller's.
  ///   - userID: The user; nil for the caller.
  /// - Returns: The UUIDs of the reservations, in the order of the names of the resources.
  /// - Throws: ``NovaError/Code/overQuota``, ``NovaError/Code/keyError`` when a resource has no limit or no counter, and
  ///   ``NovaError/Code/forbidden`` for a caller without a project.
  public func quotaReserve(
    _ context: NovaContext, resources: [String: QuotaCounter], projectQuotas: [String: Int],
    userQuotas: [String: Int], deltas: [String: Int], expire: Date?, untilRefresh: Int? = nil,
    maxAge: Duration? = nil, projectID: String? = nil, userID: String? = nil
  ) async throws(NovaError) -> [String] {
    try context.require()
    return try await transaction(context) { call in
      var ledger = try await QuotaLedger(
        call, project: projectID ?? context.projectID, user: userID ?? context.userID, counters: resources)
      try await ledger.refresh(
        deltas.keys, QuotaLedger.Refresh(untilRefresh: untilRefresh, maxAge: maxAge))
      try ledger.check(deltas, projectQuotas: projectQuotas, userQuotas: userQuotas)
      return try await ledger.reserve(deltas, until: expire)
    }
  }

  /// Counts again how much a user of a project uses. Nova has it in Newton and Ocata.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - resources: What counts the resources, by name. One counter may count several.
  ///   - names: Which of the resources.
  ///   - untilRefresh: After how many reservations the usages are counted again; nil or 0 for never.
  ///   - projectID: The project; nil for the caller's.
  ///   - userID: The user; nil for the caller.
  /// - Throws: ``NovaError/Code/keyError`` when a resource has no counter, and ``NovaError/Code/forbidden`` for a caller
  ///   without a project.
  public func quotaUsageRefresh(
    _ context: NovaContext, resources: [String: QuotaCounter], names: [String], untilRefresh: Int? = nil,
    projectID: String? = nil, userID: String? = nil
  ) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      var ledger = try await QuotaLedger(
        call, project: projectID ?? context.projectID, user: userID ?? context.userID, counters: resources)
      try await ledger.refresh(
        names, QuotaLedger.Refresh(untilRefresh: untilRefresh, maxAge: nil, isForced: true))
    }
  }
}
