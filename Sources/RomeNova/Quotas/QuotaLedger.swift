// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

/// The usages of a project while they are counted and reserved from: all live rows of the project, read at once, so that
/// whoever else reserves for the project at the same time makes this transaction run again.
struct QuotaLedger {
  /// When a usage is counted again.
  struct Refresh {
    /// After how many reservations; nil or 0 for never.
    let untilRefresh: Int?
    /// How long after its last change, where reservations are not counted; nil or zero for never.
    let maxAge: Duration?
    /// Whether it is now in any case.
    var isForced = false
  }

  private let call: NovaCall
  private let project: String?
  private let user: String?
  private let counters: [String: QuotaCounter]
  /// All usages of the project.
  private var usages: [QuotaUsage]
  /// The usage that the user counts into, by resource: his own, or that of the project as a whole.
  private var own: [String: QuotaUsage] = [:]

  /// Reads the usages of a project.
  init(
    _ call: NovaCall, project: String?, user: String?, counters: [String: QuotaCounter]
  ) async throws {
    self.call = call
    self.project = project
    self.user = user
    self.counters = counters
    usages = try await call.usages(of: project).byKey().all()
    for usage in usages where usage.userID == nil || usage.userID == user { own[usage.resource] = usage }
  }

  /// Makes the usages of resources that have none yet, and counts those again for which it is time. One count may bring
  /// those of several resources.
  mutating func refresh(_ resources: some Collection<String>, _ refresh: Refresh) async throws {
    var fresh: Set<String> = []
    for resource in resources.sorted() where !fresh.contains(resource) {
      let (usage, isNew) = try usage(of: resource, refresh)
      guard refresh.isForced || isNew || isDue(usage, refresh) else { continue }
      let counter = counters[resource] ?? .uncounted
      guard let amounts = try await call.count(counter, of: project, user: user) else {
        throw NovaError(.keyError, detail: "nothing counts the resource '\(resource)'")
      }
      for (resource, inUse) in amounts.sorted(by: { $0.key < $1.key }) {
        let (usage, _) = try self.usage(of: resource, refresh)
        usage.inUse = inUse
        usage.untilRefresh = refresh.untilRefresh.nonZero
        fresh.insert(resource)
      }
    }
  }

  /// The usage that the user counts into, which is made when there is none.
  private mutating func usage(of resource: String, _ refresh: Refresh) throws -> (usage: QuotaUsage, isNew: Bool) {
    if let usage = own[resource] { return (usage, false) }
    let usage = try call.make(
      NovaValues<QuotaUsage> {
        $0.projectID = project
        $0.userID = PerProjectResources.user(user, of: resource)
        $0.resource = resource
        $0.inUse = 0
        $0.reserved = 0
        $0.untilRefresh = refresh.untilRefresh.nonZero
        // Tells how old the count is.
        $0.updatedAt = call.now
      })
    usages.append(usage)
    own[resource] = usage
    return (usage, true)
  }

  /// Whether it is time to count a usage again: when it is below zero, which can't be; after so many reservations, of
  /// which this is one; or else when it is old.
  private func isDue(_ usage: QuotaUsage, _ refresh: Refresh) -> Bool {
    if usage.inUse < 0 { return true }
    if let left = usage.untilRefresh {
      usage.untilRefresh = left - 1
      return left <= 1
    }
    guard let maxAge = refresh.maxAge, maxAge > .zero else { return false }
    guard let changed = usage.updatedAt else { return true }
    return .seconds(call.now.timeIntervalSince(changed)) >= maxAge
  }

  /// Refuses what would be more than the limits allow. Nothing is too much where nothing is added: who is beyond a limit may
  /// still give back.
  ///
  /// - Parameters:
  ///   - deltas: What is added, by resource.
  ///   - projectQuotas: The limits of the project, by resource; less than 0 for none.
  ///   - userQuotas: The limits of the user, by resource; less than 0 for none.
  /// - Throws: ``NovaError/Code/overQuota``.
  func check(_ deltas: [String: Int], projectQuotas: [String: Int], userQuotas: [String: Int]) throws(NovaError) {
    let (ofProject, ofUser) = (usages.totals, own.values.totals)
    var overs: [String] = []
    for (resource, delta) in deltas where delta >= 0 {
      guard let projectLimit = projectQuotas[resource], let userLimit = userQuotas[resource] else {
        throw NovaError(.keyError, detail: "the resource '\(resource)' has no limit")
      }
      func exceeds(_ limit: Int, _ totals: [String: QuotaAmount]) -> Bool {
        limit >= 0 && (totals[resource]?.total ?? 0) + delta > limit
      }
      if exceeds(projectLimit, ofProject) || exceeds(userLimit, ofUser) { overs.append(resource) }
    }
    if overs.isEmpty { return }
    // The usages of those whose limits they are.
    let usages = projectQuotas == userQuotas ? ofProject : ofUser
    throw NovaError(
      .overQuota,
      [
        "overs": NovaField(overs.sorted()), "quotas": .object(userQuotas.mapValues { NovaField($0) }),
        "usages": .object(
          usages.mapValues { ["in_use": NovaField($0.inUse), "reserved": NovaField($0.reserved)] }),
      ])
  }

  /// Reserves.
  ///
  /// - Returns: The UUIDs of the reservations, in the order of the names of the resources.
  func reserve(_ deltas: [String: Int], until expire: Date?) async throws -> [String] {
    // New usages get their numbers.
    try await call.session.flush()
    var uuids: [String] = []
    for (resource, delta) in deltas.sorted(by: { $0.key < $1.key }) {
      guard let usage = own[resource], let usageID = usage.id else { continue }
      let uuid = UUID().uuidString.lowercased()
      try call.make(
        NovaValues<Reservation> {
          $0.uuid = uuid
          $0.usageID = usageID
          $0.projectID = project
          $0.userID = user
          $0.resource = resource
          $0.delta = delta
          $0.expire = expire
        })
      // What is given back is free only when the reservation is committed: until then it may be taken back.
      if delta > 0 { usage.reserved += delta }
      uuids.append(uuid)
    }
    return uuids
  }
}

extension Int? {
  /// The number, or nil instead of 0.
  fileprivate var nonZero: Int? { self == 0 ? nil : self }
}
