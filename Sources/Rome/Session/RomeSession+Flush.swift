// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging

extension RomeSession {
  /// Stages the changes of all entities: allocates primary keys, resolves relationships, sets timestamps, and follows the
  /// foreign keys of what is deleted. Queries of the session see the result; nothing goes to the store before the commit.
  ///
  /// Costs no round trip, but for a block of ids now and then, and one for each level of rows that refer to deleted ones.
  ///
  /// - Throws: ``RomeError`` with the code `notNullViolation`, `uniqueViolation` or `duplicatePrimaryKey` for rows that the
  ///   session itself shows to be wrong, `restrictViolation` for a deleted row that others refer to, `invalidState` for
  ///   wrong uses of the session before. Nothing is staged then.
  public func flush() async throws(RomeError) {
    if let misuse { throw misuse }
    if queue.isEmpty { return }
    try await prepareQueue()
    let batch = queue
    var stager = FlushStager(session: self)
    do throws(RomeError) {
      // A row that is deleted makes room for a new one with its key, in whatever order they came.
      for entity in batch where entity.entityState.status == .deleted { try stager.stage(entity) }
      for entity in batch where entity.entityState.status != .deleted { try stager.stage(entity) }
      if stager.mustFollow { try await stager.followDeletions() }
      try stager.finish()
    } catch {
      stager.rollBack()
      throw error
    }
    for entity in queue { entity.entityState.isQueued = false }
    queue = []
    try adopt(stager)
    logger?.debug("flush", metadata: ["entities": "\(batch.count)", "rows": "\(unit.buffer.rowCount)"])
  }

  /// Adds what the queued entities lead to, binds their tables, gives ids and resolves assigned relationships.
  private func prepareQueue() async throws(RomeError) {
    var position = 0
    var schemas: [EntitySchema] = []
    while position < queue.count {
      let state = queue[position].entityState
      // Adding may make the queue longer.
      if !state.related.isEmpty {
        for related in state.related.values where related.isAssigned {
          for other in related.entities where other.entityState.status == .transient { add(other) }
        }
      }
      let schema = state.schema
      if schemas.last !== schema, !schemas.contains(where: { $0 === schema }) { schemas.append(schema) }
      position += 1
    }
    if let misuse { throw misuse }
    if !knows(schemas) { try await bind(schemas) }
    if schemas.contains(where: \.allocatesPrimaryKey) { try await allocateIDs() }
    for entity in queue { try entity.entityState.resolveAssigned() }
  }

  private func allocateIDs() async throws(RomeError) {
    var needed: [ObjectIdentifier: [EntityState]] = [:]
    for entity in queue {
      let state = entity.entityState
      guard state.status == .pending, state.schema.allocatesPrimaryKey,
        state.value(at: state.schema.primaryKey[0]).isNull
      else { continue }
      needed[ObjectIdentifier(state.schema), default: []].append(state)
    }
    // In an order that the next run has too, so that a simulation can be replayed.
    for states in needed.values.sorted(by: { $0[0].schema.table < $1[0].schema.table }) {
      let ids = try await freeIDs(states.count, of: states[0].schema)
      for (state, id) in zip(states, ids) {
        state.set(.int(id), at: state.schema.primaryKey[0])
        state.hasAllocatedKey = true
      }
    }
  }

  /// Takes ids, without those that the unit of work itself gives to rows.
  private func freeIDs(_ count: Int, of schema: EntitySchema) async throws(RomeError) -> [Int64] {
    var given: Set<Int64> = []
    for entity in queue where entity.entityState.schema === schema && entity.entityState.status == .pending {
      if case .int(let id) = entity.entityState.value(at: schema.primaryKey[0]) { given.insert(id) }
    }
    let staged = unit.buffer.rows(of: schema.table) ?? SortedBuffer()
    var ids: [Int64] = []
    while ids.count < count {
      let taken = try await store.catalog.ids.take(count - ids.count, of: schema.table, in: store)
      if given.isEmpty, staged.isEmpty {
        ids += taken
      } else {
        ids += taken.filter { !given.contains($0) && staged[KeyEncoder.encode([.int($0)])] == nil }
      }
    }
    return ids
  }

  /// Takes the staged rows as the states of their entities.
  func adopt(_ stager: FlushStager) throws(RomeError) {
    for (entity, key, row, isStaged) in stager.written {
      let state = entity.entityState
      try state.adopt(FoundRow(key: key, version: state.version, row: row), version: state.version)
      state.status = .persistent
      // Setting the values that the entity has already is neither a write nor a read.
      if isStaged {
        state.isStaged = true
        state.loadedIn = unitNumber
      }
      state.settleAssigned()
      identity.insert(entity, state.schema, key)
    }
    for deleted in stager.deleted {
      if let entity = deleted.entity {
        identity.remove(entity, deleted.key)
        touch(entity)
        entity.entityState.status = .deleted
      }
    }
  }
}
