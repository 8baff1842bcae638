// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension NovaDatabase {
  /// The migrations to a host that are finished, but that the user has not confirmed for a while; deleted ones too.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - confirmWindow: For how many seconds at least.
  ///   - destCompute: The host.
  public func migrationGetUnconfirmedByDestCompute(
    _ context: NovaContext, confirmWindow: Int, destCompute: String
  ) async throws(NovaError) -> [NovaRow<Migration>] {
    try await reading(context) { call in
      let latest = call.now.addingTimeInterval(-Double(confirmWindow))
      return try await call.query(Migration.self, readDeleted: .yes)
        .filter(Migration.destCompute == destCompute, Migration.status == "finished", Migration.updatedAt <= latest)
        .rows()
    }
  }

  /// The migrations from a node or to it that have not ended, with their instances and the system metadata of these.
  ///
  /// Releases differ in what an end is: for Mitaka and Ocata an accepted migration has ended, Ocata and Train know completed
  /// and cancelled ones, and Train ones that are done.
  public func migrationGetInProgressByHostAndNode(
    _ context: NovaContext, host: String, node: String
  ) async throws(NovaError) -> [NovaRow<Migration>] {
    try await reading(context) { call in
      let isFrom = Migration.sourceCompute == host && Migration.sourceNode == node
      let isTo = Migration.destCompute == host && Migration.destNode == node
      var migrations = try await call.query(Migration.self)
        .filter(isFrom || isTo, Migration.status.notIn(call.endsOfMigrations)).rows()
      try await call.session.load(Migration.instance, into: &migrations) { instances in
        try await call.session.load(Instance.systemMetadata, into: &instances)
      }
      return migrations
    }
  }

  /// The live migrations of an instance that have not ended: those that are queued, prepared or running, or that clean up.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - instanceUUID: The instance.
  ///   - migrationType: What the migrations are; nil for any.
  public func migrationGetInProgressByInstance(
    _ context: NovaContext, instanceUUID: String, migrationType: String? = nil
  ) async throws(NovaError) -> [NovaRow<Migration>] {
    try await reading(context) { call in
      var migrations = call.query(Migration.self).filter(
        Migration.instanceUUID == instanceUUID,
        Migration.status.in(["queued", "preparing", "running", "post-migrating"]))
      if let migrationType { migrations = migrations.filter(Migration.migrationType == migrationType) }
      return try await migrations.rows()
    }
  }
}

extension NovaCall {
  /// The statuses of migrations that have ended.
  fileprivate var endsOfMigrations: [String] {
    let ends = ["confirmed", "reverted", "error", "failed"]
    return switch options.release {
    case .mitaka: ends + ["accepted"]
    case .ocata: ends + ["accepted", "completed", "cancelled"]
    case .train: ends + ["completed", "cancelled", "done"]
    }
  }
}
