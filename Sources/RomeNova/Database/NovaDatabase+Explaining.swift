// SPDX-License-Identifier: Apache-2.0

public import Rome
import Synchronization

extension NovaDatabase {
  /// Runs calls, and tells how their queries were answered: which indexes they used, and what they have cost.
  ///
  /// ```swift
  /// let (services, plans) = try await nova.explaining { nova in
  ///   try await nova.serviceGetAllByHost(.admin, host: "compute1")
  /// }
  /// print(plans[0])
  /// ```
  ///
  /// The calls do their work as ever. To describe a query costs a second run of its subqueries.
  ///
  /// - Parameter calls: Calls functions of the database that it gets.
  /// - Returns: What the calls return, and the plans in the order in which the queries ended. Those of a call that was run
  ///   again after a conflict are there for each run.
  /// - Throws: What the calls throw.
  public func explaining<Result, Failure: Error>(
    _ calls: (NovaDatabase) async throws(Failure) -> Result
  ) async throws(Failure) -> (result: Result, plans: [QueryPlan]) {
    let collector = PlanCollector()
    var copy = self
    copy.plans = collector
    let result = try await calls(copy)
    return (result, collector.all)
  }
}

/// The plans of the queries of some calls, which may run at the same time.
final class PlanCollector: Sendable {
  private let plans = Mutex<[QueryPlan]>([])

  var all: [QueryPlan] { plans.withLock { $0 } }

  func add(_ plan: QueryPlan) { plans.withLock { $0.append(plan) } }
}
