// SPDX-License-Identifier: Apache-2.0

import Rome

// A reservation ends once, as it has its row: of a commit, a rollback and an expiry at the same time one happens, and the
// others find it gone.
extension NovaDatabase {
  /// Ends reservations by using what they hold: it is in use then, and no longer reserved. Those that have ended are left
  /// out.
  ///
  /// Nova is told the project and the user, too; here a reservation knows what it counts into.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func reservationCommit(_ context: NovaContext, reservations uuids: [String]) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      try await call.end(call.liveReservations.filter(Reservation.uuid.in(uuids))) { usage, reservations in
        usage.inUse += reservations.reduce(0) { $0 + $1.delta }
      }
    }
  }

  /// Ends reservations without using what they hold: it is no longer reserved. Those that have ended are left out.
  ///
  /// Nova is told the project and the user, too; here a reservation knows what it counts into.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func reservationRollback(_ context: NovaContext, reservations uuids: [String]) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      try await call.end(call.liveReservations.filter(Reservation.uuid.in(uuids)))
    }
  }

  /// Rolls all reservations back that have lapsed.
  public func reservationExpire(_ context: NovaContext) async throws(NovaError) {
    try await transaction(context) { call in
      try await call.end(call.liveReservations.filter(Reservation.expire < call.now))
    }
  }
}

extension NovaCall {
  fileprivate var liveReservations: RomeQuery<Reservation> { query(Reservation.self, readDeleted: .no) }

  /// Ends reservations: takes them off what is reserved, and soft-deletes them. A usage that is deleted stays as it is.
  ///
  /// - Parameters:
  ///   - reservations: Which.
  ///   - settle: What else happens to the usage that some of them count into.
  fileprivate func end(
    _ reservations: RomeQuery<Reservation>, settle: (QuotaUsage, [Reservation]) -> Void = { _, _ in }
  ) async throws {
    let ended = Dictionary(grouping: try await reservations.all(), by: \.usageID)
    if ended.isEmpty { return }
    let usages = try await query(QuotaUsage.self, readDeleted: .no).filter(QuotaUsage.id.in(ended.keys.map { $0 }))
      .all()
    for usage in usages {
      guard let own = usage.id.flatMap({ ended[$0] }) else { continue }
      usage.reserved -= own.reduce(0) { $0 + max($1.delta, 0) }
      settle(usage, own)
    }
    try await reservations.softDelete()
  }
}
