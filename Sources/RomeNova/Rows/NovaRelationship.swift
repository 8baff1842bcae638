// SPDX-License-Identifier: Apache-2.0

public import Rome

/// Which rows a relationship leads to with respect to soft deletion. Nova fixes that for each relationship; the context of
/// the caller has no say in it.
public enum NovaLiveness: Hashable, Sendable {
  /// All, deleted ones too.
  case any
  /// Only live ones.
  case live
  /// Only live ones, and none at all from a deleted row.
  case liveFromLive
  /// All, but none from a deleted row.
  case anyFromLive
}

/// The rows of another table that belong to a row.
public struct NovaToMany<Owner: NovaModel, Target: NovaModel>: Sendable {
  /// The name of the relationship in Nova. One that begins with an underscore is private: it is not among the items of a row.
  public let name: String
  let join: NovaJoin<Owner, Target>

  /// Declares a relationship.
  ///
  /// - Parameters:
  ///   - name: The name of the relationship in Nova.
  ///   - owner: The column of this table that the other one refers to.
  ///   - target: The column of the other table.
  ///   - liveness: Which rows it leads to with respect to soft deletion.
  ///   - condition: What else holds for the rows that it leads to.
  public init<A: ColumnValue, B: ColumnValue>(
    _ name: String, _ owner: Column<Owner, A>, _ target: Column<Target, B>, _ liveness: NovaLiveness = .any,
    where condition: (@Sendable () -> Condition)? = nil
  ) where A.Base == B.Base {
    self.name = name
    join = NovaJoin(owner, target, liveness, condition)
  }
}

/// The row of another table that a row belongs to, or that belongs to it.
public struct NovaToOne<Owner: NovaModel, Target: NovaModel>: Sendable {
  /// The name of the relationship in Nova.
  public let name: String
  let join: NovaJoin<Owner, Target>

  /// Declares a relationship.
  ///
  /// - Parameters:
  ///   - name: The name of the relationship in Nova.
  ///   - owner: The column of this table.
  ///   - target: The column of the other table.
  ///   - liveness: Which row it leads to with respect to soft deletion.
  ///   - condition: What else holds for the row that it leads to.
  public init<A: ColumnValue, B: ColumnValue>(
    _ name: String, _ owner: Column<Owner, A>, _ target: Column<Target, B>, _ liveness: NovaLiveness = .any,
    where condition: (@Sendable () -> Condition)? = nil
  ) where A.Base == B.Base {
    self.name = name
    join = NovaJoin(owner, target, liveness, condition)
  }
}

/// Two columns with the same values, and how to find the rows at the other end.
struct NovaJoin<Owner: NovaModel, Target: NovaModel>: Sendable {
  private let liveness: NovaLiveness
  private let ownerValue: @Sendable (NovaRow<Owner>) -> Value
  private let targetValue: @Sendable (NovaRow<Target>) -> Value
  private let query: @Sendable (RomeSession, Set<Value>) -> RomeQuery<Target>

  init<A: ColumnValue, B: ColumnValue>(
    _ owner: Column<Owner, A>, _ target: Column<Target, B>, _ liveness: NovaLiveness,
    _ condition: (@Sendable () -> Condition)?
  ) where A.Base == B.Base {
    self.liveness = liveness
    ownerValue = { $0.columns.value(of: owner) }
    targetValue = { $0.columns.value(of: target) }
    query = { session, values in
      let keys = values.compactMap { B.Base(value: $0) }
      let deleted: ReadDeleted = liveness == .live || liveness == .liveFromLive ? .no : .yes
      let found = session.query(Target.self, readDeleted: deleted).filter(target.in(keys))
      return if let condition { found.filter(condition()) } else { found }
    }
  }

  /// The rows at the other end, by the values of the columns, those of one value by number. One query for all rows.
  func load(_ session: RomeSession, of rows: [NovaRow<Owner>]) async throws(RomeError) -> [Value: [NovaRow<Target>]] {
    let keys = Set(rows.compactMap { key(of: $0) })
    if keys.isEmpty { return [:] }
    let found = try await query(session, keys).rows()
    return Dictionary(grouping: found) { targetValue($0) }
  }

  /// The value by which the row finds its related ones; nil when it has none.
  func key(of row: NovaRow<Owner>) -> Value? {
    let value = ownerValue(row)
    if value.isNull { return nil }
    if liveness == .liveFromLive || liveness == .anyFromLive, row.isDeleted { return nil }
    return value
  }
}

extension NovaRow {
  /// Whether the row is soft-deleted.
  public var isDeleted: Bool {
    guard let position = Model.schema.position(of: ColumnRole.deleted) else { return false }
    return switch columns.values[position] {
    case .int(let mark): mark != 0
    case .bool(let mark): mark
    default: false
    }
  }
}

extension RomeSession {
  /// Loads related rows into rows: one query for all of them.
  ///
  /// - Parameters:
  ///   - relationship: Which rows.
  ///   - rows: The rows that they belong to.
  ///   - further: Loads what belongs to the related rows in turn.
  func load<Owner, Target>(
    _ relationship: NovaToMany<Owner, Target>, into rows: inout [NovaRow<Owner>],
    _ further: (inout [NovaRow<Target>]) async throws -> Void = { _ in }
  ) async throws {
    let groups = try await load(relationship.join, of: rows, further)
    for index in rows.indices {
      rows[index][relationship] = relationship.join.key(of: rows[index]).flatMap { groups[$0] } ?? []
    }
  }

  /// Loads the related row into each row: one query for all of them.
  func load<Owner, Target>(
    _ relationship: NovaToOne<Owner, Target>, into rows: inout [NovaRow<Owner>],
    _ further: (inout [NovaRow<Target>]) async throws -> Void = { _ in }
  ) async throws {
    let groups = try await load(relationship.join, of: rows, further)
    for index in rows.indices {
      rows[index][relationship] = .some(relationship.join.key(of: rows[index]).flatMap { groups[$0]?.first })
    }
  }

  /// Loads related rows into one row.
  func load<Owner, Target>(
    _ relationship: NovaToMany<Owner, Target>, into row: inout NovaRow<Owner>,
    _ further: (inout [NovaRow<Target>]) async throws -> Void = { _ in }
  ) async throws {
    var rows = [row]
    try await load(relationship, into: &rows, further)
    row = rows[0]
  }

  /// Loads the related row into one row.
  func load<Owner, Target>(
    _ relationship: NovaToOne<Owner, Target>, into row: inout NovaRow<Owner>,
    _ further: (inout [NovaRow<Target>]) async throws -> Void = { _ in }
  ) async throws {
    var rows = [row]
    try await load(relationship, into: &rows, further)
    row = rows[0]
  }

  /// Loads the rows at the other end of a join, by the values of its columns.
  func load<Owner, Target>(
    _ join: NovaJoin<Owner, Target>, of rows: [NovaRow<Owner>],
    _ further: (inout [NovaRow<Target>]) async throws -> Void
  ) async throws -> [Value: [NovaRow<Target>]] {
    let groups = try await join.load(self, of: rows)
    var flat = groups.flatMap { group in group.value.map { (group.key, $0) } }
    var targets = flat.map(\.1)
    try await further(&targets)
    for index in flat.indices { flat[index].1 = targets[index] }
    var result: [Value: [NovaRow<Target>]] = [:]
    for (key, row) in flat { result[key, default: []].append(row) }
    return result
  }
}
