// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

extension RomeSession {
  /// The entity with the primary key, read from the store even when the session holds it.
  func find<E: Entity>(_ type: E.Type, _ key: any ColumnValue...) async throws -> E? {
    let found = try await rows(of: E.schema, where: E.schema.primaryKey, equal: [key.map(\.value)]).first?.first
    guard let found else { return nil }
    return try entity(type, of: found)
  }

  /// The entities whose column equals the value.
  func find<E: Entity, T>(_ column: Column<E, T>, _ value: T) async throws -> [E] {
    let rows = try await rows(of: E.schema, where: [column.position], equal: [[value.value]]).first ?? []
    var entities: [E] = []
    for row in rows { entities.append(try entity(E.self, of: row)) }
    return entities
  }
}

/// Expects that the work fails with an error of the code.
func expectError(
  _ code: RomeError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ work: () async throws -> Void
) async {
  do {
    try await work()
    Issue.record("no error, expected \(code.rawValue)", sourceLocation: sourceLocation)
  } catch let error as RomeError {
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
  } catch {
    Issue.record("\(error), expected \(code.rawValue)", sourceLocation: sourceLocation)
  }
}

/// Expects that rows, indexes and references of the store agree.
func expectClean(_ store: any Store, sourceLocation: SourceLocation = #_sourceLocation) async throws {
  let report = try await store.verify()
  #expect(report.isClean, "\(report)", sourceLocation: sourceLocation)
}
