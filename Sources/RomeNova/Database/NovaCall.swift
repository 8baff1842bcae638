// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

/// One call of a function: its session, its caller, and the time that it has.
struct NovaCall {
  /// The session of the call.
  let session: RomeSession
  /// Who calls.
  let context: NovaContext
  /// The options of Nova's configuration.
  let options: NovaOptions
  /// The time of the call.
  let now: Date

  init(_ database: NovaDatabase, _ context: NovaContext) {
    let now = database.clock()
    self.now = now
    self.context = context
    options = database.options
    // All rows that a call writes have the same time.
    session = RomeSession(database.store, clock: { now })
    if let plans = database.plans { session.onQuery = { plans.add($0) } }
  }

  /// The rows of a table that the caller sees with respect to soft deletion.
  ///
  /// - Parameters:
  ///   - type: The table.
  ///   - readDeleted: Which rows, where the function does not leave it to the caller.
  func query<Model: NovaModel>(_ type: Model.Type, readDeleted: ReadDeleted? = nil) -> RomeQuery<Model> {
    session.query(type, readDeleted: readDeleted ?? context.readDeleted)
  }

  /// The rows of a table that are of the caller's project; an administrator sees those of all.
  ///
  /// - Parameters:
  ///   - type: The table.
  ///   - orNone: Whether rows without a project are seen, too.
  ///   - readDeleted: Which rows with respect to soft deletion, where the function does not leave it to the caller.
  func projectQuery<Model: NovaProjectOwned>(
    _ type: Model.Type, orNone: Bool = false, readDeleted: ReadDeleted? = nil
  ) -> RomeQuery<Model> {
    let rows = query(type, readDeleted: readDeleted)
    guard context.isUserContext else { return rows }
    let own = Model.projectID == context.projectID
    return rows.filter(orNone ? own || Model.projectID == nil : own)
  }

  /// Adds a new row, and flushes it, so that it has its number and its times.
  @discardableResult
  func insert<Model: NovaModel>(_ values: NovaValues<Model>) async throws -> Model {
    let entity = try make(values)
    try await session.flush()
    return entity
  }

  /// Adds a new row without flushing it.
  @discardableResult
  func make<Model: NovaModel>(_ values: NovaValues<Model>) throws -> Model {
    let entity = Model(entityState: EntityState(of: Model.self))
    try values.apply(to: entity)
    session.add(entity)
    return entity
  }

  /// Sets columns of a row, and flushes it, so that it has its times.
  func update<Model: NovaModel>(_ entity: Model, _ values: NovaValues<Model>) async throws {
    try values.apply(to: entity)
    try await session.flush()
  }
}
