// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova

extension NovaDatabase {
  /// Adds rows that a test begins with.
  func add(_ entities: any Entity...) async throws {
    let session = RomeSession(store)
    session.addAll(entities)
    try await session.commit()
  }

  /// Adds instances of a project by UUID.
  func addInstances(_ uuids: String..., project: String = "p") async throws {
    let session = RomeSession(store)
    for uuid in uuids { session.add(Instance(projectID: project, uuid: uuid)) }
    try await session.commit()
  }

  /// Soft-deletes an instance.
  func deleteInstance(_ uuid: String) async throws {
    let session = RomeSession(store)
    try await session.query(Instance.self).filter(Instance.uuid == uuid).softDelete()
    try await session.commit()
  }
}

/// Calls something many times at once, and answers how often it succeeded.
func successes(of count: Int, _ work: @escaping @Sendable (Int) async throws -> Void) async -> Int {
  await withTaskGroup(of: Bool.self) { group in
    for number in 0..<count {
      group.addTask {
        do {
          try await work(number)
          return true
        } catch { return false }
      }
    }
    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
  }
}
