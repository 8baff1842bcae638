// SPDX-License-Identifier: Apache-2.0

/// The values of an entity, what of them is changed, and where it belongs.
///
/// Columns of a loaded entity are decoded from the bytes of its row when they are read. What reading and setting a column look
/// at is changed in this file only, but for the status, and never while something else runs, so it is not checked for overlapping
/// accesses at run time.
public final class EntityState {
  /// Where an entity stands in its life.
  public enum Status: Hashable, Sendable {
    /// It was made and not added to a session.
    case transient
    /// It was added to a session, which inserts it at the next flush.
    case pending
    /// It is a row of the store, or will be with the commit.
    case persistent
    /// The session deletes it, or has deleted it.
    case deleted
    /// It was a row, and its session is gone or has let go of it.
    case detached
  }

  /// The table of the entity.
  public let schema: EntitySchema
  /// Where the entity stands in its life.
  @exclusivity(unchecked) public internal(set) var status: Status
  /// The version of the row that the values were loaded with; nil for one that was never committed.
  public internal(set) var version: Revision?
  /// The row that the values were loaded from; nil for a new entity.
  @exclusivity(unchecked) private var found: FoundRow?
  /// Values that are newer than the row; nil when none was ever set. Most entities are read and never changed: for them
  /// this, and what follows, is nothing that must be made and freed.
  @exclusivity(unchecked) private var newer: [Value]?
  /// The columns that differ from the row: all that were set since it was loaded or flushed.
  @exclusivity(unchecked) private(set) var changed = PositionSet.empty
  /// Decoded values of the columns whose decoding can fail.
  @exclusivity(unchecked) private var decoded: [Int: any Sendable]?
  /// The entities that relationships lead to, by the name of the relationship; nil when none was loaded or assigned.
  @exclusivity(unchecked) private var known: [String: RelatedEntities]?
  /// How deep the entity is among those that hold each other by their relationships, see ``relate(_:_:)``.
  var depth = 0
  /// Whether a relationship of another entity holds it, or did.
  var isHeldByEntity = false
  /// Whether the entity waits in the queue of its session for the next flush.
  var isQueued = false
  /// Whether the primary key was allocated by Rome, in a unit of work that is not committed.
  var hasAllocatedKey = false
  /// Whether the row was staged by the unit of work, and not committed.
  var isStaged = false
  /// The unit of work in which the row was last read.
  var loadedIn = -1
  /// How the entity knows its session.
  @exclusivity(unchecked) private var membership: Membership
  /// The entity itself, when it was added to a session; those that were loaded are found in the identity map.
  private var added: WeakEntity?

  /// How an entity knows its session.
  private enum Membership {
    case none
    /// Keeps the session alive for an entity without changes, so that its relationships can be loaded for as long as
    /// somebody holds it.
    case anchored(RomeSession)
    /// The session holds changed entities, so they must not hold it in turn.
    case linked(SessionLink)
  }

  /// The state of a new entity, with the defaults of its columns.
  ///
  /// - Parameter type: The class of the entity.
  public init(of type: any Entity.Type) {
    schema = type.schema
    status = .transient
    membership = .none
    var values = [Value](repeating: .null, count: schema.columns.count)
    for position in schema.defaultedColumns {
      values[position] = schema.columns[position].makeDefault?() ?? .null
      changed.insert(position)
    }
    newer = values
  }

  /// The state of an entity that is loaded.
  init(schema: EntitySchema, _ found: FoundRow, version: Revision?, session: RomeSession) throws(RomeError) {
    self.schema = schema
    self.found = found
    self.version = version
    membership = .anchored(session)
    status = .persistent
    if !schema.failableColumns.isEmpty { try decodeFailableColumns(of: found) }
  }

  /// The columns of the row that the values were loaded from; nil for a new entity.
  var row: EncodedRow? { found?.row }

  /// The encoded primary key, once the entity has a row.
  var key: Key? { found?.key }

  /// The values that were set and are newer than the row; empty when none was.
  var values: [Value] { newer ?? [] }

  /// The entities that relationships lead to, by the name of the relationship.
  var related: [String: RelatedEntities] {
    get { known ?? [:] }
    set { known = newValue.isEmpty ? nil : newValue }
  }

  /// The session that the entity belongs to.
  var session: RomeSession? {
    switch membership {
    case .none: nil
    case .anchored(let session): session
    case .linked(let link): link.session
    }
  }

  /// Whether the entity keeps its session alive.
  var isAnchored: Bool { if case .anchored = membership { true } else { false } }

  /// Makes the entity one of the session.
  ///
  /// - Parameter anchored: Whether the entity keeps the session alive; never for one that the session holds.
  func join(_ session: RomeSession, anchored: Bool) {
    membership = anchored ? .anchored(session) : .linked(session.link)
  }

  /// Makes the entity one of no session.
  func leaveSession() {
    membership = .none
  }

  /// The entity itself, as long as somebody holds it: so that a change can register it with its session.
  var entity: (any Entity)? {
    if let entity = added?.entity { return entity }
    guard let key, let held = session?.identity.entity(schema, key), held.entityState === self else { return nil }
    return held
  }

  /// Remembers the entity itself, which no identity map may know yet.
  func remember(_ entity: any Entity) {
    if added?.entity == nil { added = WeakEntity(entity: entity) }
  }

  /// The value of a column.
  ///
  /// - Parameter position: The position of the column in the schema.
  @inlinable
  public subscript<T: ColumnValue>(position: Int) -> T {
    // Inlined, so that reading a column of a known type needs no look at what the type is.
    get {
      if !T.canFail, let result = T.decoded(from: EncodedColumn(self, position)) { return result }
      return decodedValue(at: position)
    }
    set { assign(newValue, at: position) }
  }

  /// The row, when the value of the column is the one in it.
  @inline(__always)
  func row(holding position: Int) -> FoundRow? {
    changed.contains(position) ? nil : found
  }

  /// The value of a column that was set, is missing in an old row, or can fail: those are decoded before.
  @usableFromInline
  func decodedValue<T: ColumnValue>(at position: Int) -> T {
    if T.canFail, let cached = decoded?[position] as? T { return cached }
    guard let result = T(value: value(at: position)) else {
      // Loading a row and setting a column by name have decoded the value before: only a hand-written entity whose
      // property has another type than its column, or is read before it was set, comes here.
      preconditionFailure(
        "column '\(schema.columns[position].name)' of '\(schema.table)' holds no \(T.self): declare the property with "
          + "the type of its column, and set it in every initialiser")
    }
    return result
  }

  /// Sets a column.
  @usableFromInline
  func assign<T: ColumnValue>(_ newValue: T, at position: Int) {
    set(newValue.value, at: position)
    if T.canFail { keep(newValue, at: position) }
  }

  /// The stored form of a column's value.
  @usableFromInline
  func value(at position: Int) -> Value {
    if let found, !changed.contains(position) { return found.row[position] }
    guard let newer, position < newer.count else { return .null }
    return newer[position]
  }

  /// Sets a column whose new value is known to be one of its type.
  func set(_ value: Value, at position: Int) {
    if status == .persistent, let session, let entity { session.willChange(entity) }
    if newer == nil { newer = [Value](repeating: .null, count: schema.columns.count) }
    newer?[position] = value
    changed.insert(position)
    decoded?[position] = nil
    known?.removeStale(after: position, in: schema)
  }

  /// Keeps the decoded value of a column that was set by name.
  func remember(_ value: any ColumnValue, at position: Int) {
    if schema.columns[position].canFail { keep(value, at: position) }
  }

  private func keep(_ value: (any Sendable)?, at position: Int) {
    if decoded == nil { decoded = [:] }
    decoded?[position] = value
  }

  /// Takes a row that was loaded as the state of the entity: nothing is changed any more, no relationship is loaded.
  func load(_ found: FoundRow, version: Revision?) throws(RomeError) {
    try adopt(found, version: version)
    isStaged = false
    known = nil
  }

  /// Takes the row as the state of the entity: nothing is changed any more.
  func adopt(_ found: FoundRow, version: Revision?) throws(RomeError) {
    try decodeFailableColumns(of: found)
    self.found = found
    self.version = version
    newer = nil
    changed = .empty
  }

  /// Drops the changes that were made since the row was loaded.
  func discardChanges() {
    guard let row else { return }
    newer = nil
    changed = .empty
    for position in schema.failableColumns { keep(schema.columns[position].decode(row[position]), at: position) }
    known = nil
  }

  private func decodeFailableColumns(of found: FoundRow) throws(RomeError) {
    for position in schema.failableColumns {
      guard let result = schema.columns[position].decode(found.row[position]) else {
        throw RomeError(
          .corruptRow, "the stored value is none of the column's type", entity: schema.table,
          column: schema.columns[position].name, key: found.key)
      }
      keep(result, at: position)
    }
  }

  /// What a savepoint keeps of the state.
  struct Saved {
    let status: Status
    let version: Revision?
    let found: FoundRow?
    let newer: [Value]?
    let changed: PositionSet
    let decoded: [Int: any Sendable]?
    let related: [String: RelatedEntities]
    let hasAllocatedKey: Bool
    let isStaged: Bool
  }

  /// The state as it is now.
  func save() -> Saved {
    Saved(
      status: status, version: version, found: found, newer: newer, changed: changed, decoded: decoded,
      related: related, hasAllocatedKey: hasAllocatedKey, isStaged: isStaged)
  }

  /// Goes back to an earlier state.
  func restore(_ saved: Saved) {
    status = saved.status
    version = saved.version
    found = saved.found
    newer = saved.newer
    changed = saved.changed
    decoded = saved.decoded
    restoreRelated(saved.related)
    hasAllocatedKey = saved.hasAllocatedKey
    isStaged = saved.isStaged
  }
}
