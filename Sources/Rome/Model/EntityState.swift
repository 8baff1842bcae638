// SPDX-License-Identifier: Apache-2.0

/// The values of an entity, what of them is changed, and where it belongs.
///
/// Columns of a loaded entity are decoded from the bytes of its row when they are read. What reading and setting a column look
/// at is changed in this file only, but for flags and the status, and never while something else runs, so it is not checked for
/// overlapping accesses at run time.
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
  /// The row that the entity was made of, without columns for a new one. It never changes, so reading a column counts no
  /// references.
  private let origin: EncodedRow
  /// The key and the version of that row; nil for a new entity.
  private let originKey: Key?
  private let originVersion: Revision?
  /// What changes and relationships need; nil for an entity that is only read.
  @exclusivity(unchecked) private var extras: EntityExtras?
  /// Decoded values of the columns whose decoding can fail.
  @exclusivity(unchecked) private var decoded: [Int: any Sendable]?
  /// Whether the entity waits in the queue of its session for the next flush.
  @exclusivity(unchecked) var isQueued = false
  /// Whether the primary key was allocated by Rome, in a unit of work that is not committed.
  @exclusivity(unchecked) var hasAllocatedKey = false
  /// Whether the row was staged by the unit of work, and not committed.
  @exclusivity(unchecked) var isStaged = false
  /// The unit of work in which the row was last read.
  @exclusivity(unchecked) var loadedIn = -1
  /// How the entity knows its session.
  @exclusivity(unchecked) private var membership: Membership

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
    origin = EncodedRow(without: schema.rowShape)
    originKey = nil
    originVersion = nil
    status = .transient
    membership = .none
    let extras = EntityExtras(found: nil, version: nil)
    var values = [Value](repeating: .null, count: schema.columns.count)
    for position in schema.defaultedColumns {
      values[position] = schema.columns[position].makeDefault?() ?? .null
      extras.changed.insert(position)
    }
    extras.newer = values
    self.extras = extras
  }

  /// The state of an entity that is loaded.
  @inline(__always)
  init(schema: EntitySchema, _ found: consuming FoundRow, version: Revision?, session: RomeSession) throws(RomeError) {
    self.schema = schema
    origin = found.row
    originKey = found.key
    originVersion = version
    membership = .anchored(session)
    status = .persistent
    if !schema.failableColumns.isEmpty { try decodeFailableColumns(of: origin, key ?? .first) }
  }

  /// The row that the values were loaded from, or the last one since; nil for a new entity.
  private var found: FoundRow? { if let extras { extras.found } else { madeOf } }

  /// What the entity was made of; nil for a new one.
  private var madeOf: FoundRow? { originKey.map { FoundRow(key: $0, version: originVersion, row: origin) } }

  /// The version of the row that the values were loaded with; nil for one that was never committed.
  public internal(set) var version: Revision? {
    get { if let extras { extras.version } else { originVersion } }
    set { makeExtras().version = newValue }
  }

  /// The columns of the row that the values were loaded from; nil for a new entity.
  var row: EncodedRow? { if let extras { extras.found?.row } else { originKey.map { _ in origin } } }

  /// The encoded primary key, once the entity has a row.
  var key: Key? { if let extras { extras.found?.key } else { originKey } }

  /// The values that were set and are newer than the row; empty when none was.
  var values: [Value] { extras?.newer ?? [] }

  /// The columns that differ from the row: all that were set since it was loaded or flushed.
  var changed: PositionSet { extras?.changed ?? .empty }

  /// The entities that relationships lead to, by the name of the relationship.
  var related: [String: RelatedEntities] {
    get { extras?.related ?? [:] }
    set {
      if let extras { extras.related = newValue } else if !newValue.isEmpty { makeExtras().related = newValue }
    }
  }

  /// How deep the entity is among those that hold each other by their relationships, see ``relate(_:_:)``.
  var depth: Int {
    get { extras?.depth ?? 0 }
    set { makeExtras().depth = newValue }
  }

  /// Whether a relationship of another entity holds it, or did.
  var isHeldByEntity: Bool {
    get { extras?.isHeldByEntity ?? false }
    set { makeExtras().isHeldByEntity = newValue }
  }

  private func makeExtras() -> EntityExtras {
    if let extras { return extras }
    let made = EntityExtras(found: madeOf, version: originVersion)
    extras = made
    return made
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
    if let entity = extras?.added?.entity { return entity }
    guard let key, let held = session?.identity.entity(schema, key), held.entityState === self else { return nil }
    return held
  }

  /// Remembers the entity itself, which no identity map may know yet.
  func remember(_ entity: any Entity) {
    let extras = makeExtras()
    if extras.added?.entity == nil { extras.added = WeakEntity(entity: entity) }
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

  /// Calls the closure with the row that the entity was made of; nil for an entity that may have newer values.
  @inline(__always)
  func withOrigin<Result>(_ body: (borrowing EncodedRow) -> Result?) -> Result? {
    extras == nil ? body(origin) : nil
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

  /// Sets a column. Inlined, so that making the stored form of a value of a known type needs no look at what the type is.
  @inlinable
  func assign<T: ColumnValue>(_ newValue: T, at position: Int) {
    set(newValue.value, at: position)
    if T.canFail { keep(newValue, at: position) }
  }

  /// The stored form of a column's value.
  @usableFromInline
  func value(at position: Int) -> Value {
    if let row, !changed.contains(position) { return row[position] }
    guard let newer = extras?.newer, position < newer.count else { return .null }
    return newer[position]
  }

  /// Sets a column whose new value is known to be one of its type.
  @usableFromInline
  func set(_ value: consuming Value, at position: Int) {
    if status == .persistent, let session, let entity { session.willChange(entity) }
    let extras = makeExtras()
    if extras.newer == nil { extras.newer = [Value](repeating: .null, count: schema.columns.count) }
    extras.newer?[position] = value
    extras.changed.insert(position)
    decoded?[position] = nil
    if !extras.related.isEmpty { extras.related.removeStale(after: position, in: schema) }
  }

  /// Keeps the decoded value of a column that was set by name.
  func remember(_ value: any ColumnValue, at position: Int) {
    if schema.columns[position].canFail { keep(value, at: position) }
  }

  @usableFromInline
  func keep(_ value: (any Sendable)?, at position: Int) {
    if decoded == nil { decoded = [:] }
    decoded?[position] = value
  }

  /// Takes a row that was loaded as the state of the entity: nothing is changed any more, no relationship is loaded.
  func load(_ found: FoundRow, version: Revision?) throws(RomeError) {
    try adopt(found, version: version)
    isStaged = false
    extras?.related = [:]
  }

  /// Takes the row as the state of the entity: nothing is changed any more.
  func adopt(_ found: FoundRow, version: Revision?) throws(RomeError) {
    try decodeFailableColumns(of: found.row, found.key)
    let extras = makeExtras()
    extras.found = found
    extras.version = version
    extras.newer = nil
    extras.changed = .empty
  }

  /// Drops the changes that were made since the row was loaded.
  func discardChanges() {
    guard let row else { return }
    extras?.newer = nil
    extras?.changed = .empty
    extras?.related = [:]
    for position in schema.failableColumns { keep(schema.columns[position].decode(row[position]), at: position) }
  }

  private func decodeFailableColumns(of row: EncodedRow, _ key: Key) throws(RomeError) {
    for position in schema.failableColumns {
      guard let result = schema.columns[position].decode(row[position]) else {
        throw RomeError(
          .corruptRow, "the stored value is none of the column's type", entity: schema.table,
          column: schema.columns[position].name, key: key)
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
      status: status, version: version, found: found, newer: extras?.newer, changed: changed, decoded: decoded,
      related: related, hasAllocatedKey: hasAllocatedKey, isStaged: isStaged)
  }

  /// Goes back to an earlier state.
  func restore(_ saved: Saved) {
    status = saved.status
    if let extras {
      extras.found = saved.found
      extras.version = saved.version
      extras.newer = saved.newer
      extras.changed = saved.changed
    }
    decoded = saved.decoded
    restoreRelated(saved.related)
    hasAllocatedKey = saved.hasAllocatedKey
    isStaged = saved.isStaged
  }
}
