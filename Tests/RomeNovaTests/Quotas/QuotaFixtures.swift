// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova

extension NovaDatabase {
  /// Reserves resources of which has been counted how much is in use.
  ///
  /// - Parameters:
  ///   - deltas: How much of each resource.
  ///   - limits: The limits of project and user; 100 where nothing is said.
  ///   - counted: How much is in use; 0 where nothing is said.
  @discardableResult
  func reserve(
    _ deltas: [String: Int], limits: [String: Int] = [:], userLimits: [String: Int]? = nil,
    counted: [String: Int] = [:], expire: Date? = nil, untilRefresh: Int? = nil, maxAge: Duration? = nil,
    project: String = "p", user: String? = "u"
  ) async throws(NovaError) -> [String] {
    var resources: [String: QuotaCounter] = [:]
    var quotas: [String: Int] = [:]
    for resource in deltas.keys {
      resources[resource] = .counted([resource: counted[resource] ?? 0])
      quotas[resource] = limits[resource] ?? 100
    }
    return try await quotaReserve(
      .admin, resources: resources, projectQuotas: quotas, userQuotas: userLimits ?? quotas, deltas: deltas,
      expire: expire, untilRefresh: untilRefresh, maxAge: maxAge, projectID: project, userID: user)
  }

  /// How much of a resource the project `p` has in use and reserved.
  func amount(of resource: String) async throws -> QuotaAmount? {
    try await quotaUsageGetAllByProject(.admin, projectID: "p")[resource]
  }

  /// The live reservations, by number.
  func liveReservations() async throws -> [NovaRow<Reservation>] {
    try await RomeSession(store).query(Reservation.self).order(by: Reservation.id).all().map { NovaRow($0) }
  }
}
