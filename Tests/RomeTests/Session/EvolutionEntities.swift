// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// An entity of the table `parts` as one version of a program declares it. Subclasses say what differs.
protocol PartVersion: Entity {
  init(entityState: EntityState)
}

extension PartVersion {
  /// A new part.
  init(name: String, size: Int = 0) {
    self.init(entityState: EntityState(of: Self.self))
    entityState[1] = name
    entityState[2] = size
  }

  static var name: Column<Self, String> { Column(1) }
  static var size: Column<Self, Int> { Column(2) }

  /// The table with what the version declares of it.
  static func parts(
    _ indexes: [IndexDescription], primaryKey: [String] = ["id"], foreignKeys: [ForeignKeyDescription] = []
  ) -> EntitySchema {
    EntitySchema(
      table: "parts",
      columns: [
        ColumnDescription("id", Int?.self), ColumnDescription("name", String.self),
        ColumnDescription("size", Int.self), ColumnDescription("owner", Int?.self),
      ],
      primaryKey: primaryKey, indexes: indexes, foreignKeys: foreignKeys)
  }
}

/// Without indexes.
final class PlainPart: PartVersion {
  static let schema = parts([])
  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
}

/// With an index of its sizes.
final class SizedPart: PartVersion {
  static let schema = parts([.index("size")])
  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
}

/// With unique names.
final class NamedPart: PartVersion {
  static let schema = parts([.unique("name")])
  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }
}

/// A store with parts of the numbers as names and sizes, written by a program that knows no indexes.
func storeOfParts(_ kind: TestStore, _ numbers: Range<Int>) async throws -> any Store {
  let store = try await kind.make()
  let session = RomeSession(Reopened(store))
  session.addAll(numbers.map { PlainPart(name: "part \($0)", size: $0) })
  try await session.commit()
  return store
}
