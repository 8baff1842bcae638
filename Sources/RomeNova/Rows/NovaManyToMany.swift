// SPDX-License-Identifier: Apache-2.0

public import Rome

/// The rows of another table that live rows of a third table connect with a row: Nova's relationships with a `secondary`.
public struct NovaManyToMany<Owner: NovaModel, Link: NovaModel, Target: NovaModel>: Sendable {
  /// The name of the relationship in Nova.
  public let name: String
  let links: NovaJoin<Owner, Link>
  let targets: NovaJoin<Link, Target>

  /// Declares a relationship.
  ///
  /// - Parameters:
  ///   - name: The name of the relationship in Nova.
  ///   - owner: The column of this table and that of the connecting one.
  ///   - target: The column of the connecting table and that of the other one.
  public init<A: ColumnValue, B: ColumnValue, C: ColumnValue, D: ColumnValue>(
    _ name: String, from owner: (Column<Owner, A>, Column<Link, B>), to target: (Column<Link, C>, Column<Target, D>)
  ) where A.Base == B.Base, C.Base == D.Base {
    self.name = name
    links = NovaJoin(owner.0, owner.1, .liveFromLive, nil)
    targets = NovaJoin(target.0, target.1, .live, nil)
  }
}

extension NovaRow {
  /// The related rows; nil when they were not loaded.
  public subscript<Link, Target>(relationship: NovaManyToMany<Model, Link, Target>) -> [NovaRow<Target>]? {
    get { relatedRows(relationship.name) }
    set { setRelated(relationship.name, newValue.map { .many($0) }) }
  }
}

extension RomeSession {
  /// Loads related rows into rows: two queries for all of them.
  func load<Owner, Link, Target>(
    _ relationship: NovaManyToMany<Owner, Link, Target>, into rows: inout [NovaRow<Owner>],
    _ further: (inout [NovaRow<Target>]) async throws -> Void = { _ in }
  ) async throws {
    let links = try await relationship.links.load(self, of: rows)
    let found = try await load(relationship.targets, of: links.values.flatMap { $0 }, further)
    for index in rows.indices {
      let own = relationship.links.key(of: rows[index]).flatMap { links[$0] } ?? []
      rows[index][relationship] = own.flatMap { link in
        relationship.targets.key(of: link).flatMap { found[$0] } ?? []
      }
    }
  }

  /// Loads related rows into one row.
  func load<Owner, Link, Target>(
    _ relationship: NovaManyToMany<Owner, Link, Target>, into row: inout NovaRow<Owner>,
    _ further: (inout [NovaRow<Target>]) async throws -> Void = { _ in }
  ) async throws {
    var rows = [row]
    try await load(relationship, into: &rows, further)
    row = rows[0]
  }
}
