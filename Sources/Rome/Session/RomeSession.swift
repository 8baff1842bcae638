// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Logging

/// A unit of work on a store: it loads rows as entities, notes what is changed, and commits all changes at once.
///
/// ```swift
/// let session = RomeSession(MemoryStore())
/// try await session.transaction { session in
///   session.add(Author(name: "Asimov"))
/// }
/// ```
///
/// A session holds each row as at most one entity (identity map). Changes are flushed to a buffer before each query, so
/// that queries see them (autoflush), and go to the store only with a commit: in one round trip, whole or not at all.
///
/// Inside ``transaction(isolation:retry:holding:_:)`` the commit proves that everything which was read is still the same.
/// Outside, ``commit()`` proves that no row which is written was changed since it was loaded.
///
/// A session is not `Sendable`: each task makes its own; making one costs next to nothing. What crosses to other tasks is
/// the store and the snapshots of entities.
public final class RomeSession {
  /// The store that the session works on.
  public let store: any Store
  /// Where the session writes what it does, at the level debug.
  public let logger: Logger?
  /// What the time is, for the columns that say when a row was inserted, changed and soft-deleted.
  public let clock: @Sendable () -> Date
  /// Whether queries flush pending changes first, so that they see them. Flushing never commits.
  public var autoflush = true
  /// Is told of each query of the session, each `get` and each relationship that it loads, once the last row is read: how it
  /// was answered, and what it has cost. nil, the default, for nobody.
  ///
  /// Who listens pays for it: each query is planned once more to be described, for which its subqueries run twice, as with
  /// ``RomeQuery/explain()``. A query that fails, and a stream that is given up, are not told of.
  ///
  /// ```swift
  /// session.onQuery = { plan in if plan.hasFullScan { print(plan) } }
  /// ```
  public var onQuery: ((QueryPlan) -> Void)?
  /// How long a commit whose answer was lost goes on asking the store what became of it, before its outcome is unknown.
  public var resolutionPatience = Duration.seconds(5)

  // The calls of a session do not overlap, and none of its variables is changed by code that runs inside of a change of it: so
  // accesses are not checked for overlaps at run time, which each commit would pay for dozens of times.

  /// The staged writes and tracked reads of the current unit of work.
  @exclusivity(unchecked) var unit: Transaction
  /// What earlier units of work have read.
  @exclusivity(unchecked) private var finishedStatistics = ReadStatistics()
  /// The entities that the session holds.
  @exclusivity(unchecked) var identity = IdentityMap()
  /// The entities whose changes wait for a flush, in the order in which they were changed.
  @exclusivity(unchecked) var queue: [any Entity] = []
  /// The entities that were changed in the unit of work as they were before, for a rollback: those outside of savepoints, once there
  /// are any, then one level for each savepoint.
  @exclusivity(unchecked) var touched: [TouchedEntities] = []
  /// The entities that were loaded from staged rows, whose versions the commit makes.
  @exclusivity(unchecked) var loadedPending: [any Entity] = []
  /// The entities that those lead to which the session holds.
  @exclusivity(unchecked) var reached: [any Entity] = []
  /// Whether ``transaction(isolation:retry:holding:_:)`` is running.
  var isInTransaction = false
  /// The leases that the commit of the running transaction is bound to.
  var leases: [Lease] = []
  /// Where the running transaction stands in line; nil where nobody does.
  var turn: RowTurn?
  /// The row that the last commit has lost to somebody else.
  var lostRow: RowAddress?
  /// Grows with each unit of work.
  @exclusivity(unchecked) var unitNumber = 0
  /// How often rows of a table were changed by this session: loaded to-many relationships go out of date with it.
  @exclusivity(unchecked) private var changeCounts = NameMap<Int>()
  /// The first wrong use of the session since the last rollback, which the next flush throws.
  @exclusivity(unchecked) var misuse: RomeError?
  /// The tables that the unit of work knows; none before it uses the first.
  @exclusivity(unchecked) var view = CatalogView.empty
  /// Leads the entities that the session holds to it.
  private(set) lazy var link = SessionLink(self)

  /// Makes a session on a store.
  ///
  /// - Parameters:
  ///   - store: The store; many sessions share one.
  ///   - logger: Where to write what the session does, at the level debug or lower.
  ///   - clock: What the time is, for the columns that say when a row was inserted, changed and soft-deleted. By default it
  ///     is the clock of the machine; a test can have one that stands still.
  public init(_ store: any Store, logger: Logger? = nil, clock: @escaping @Sendable () -> Date = { Date() }) {
    self.store = store
    self.logger = logger
    self.clock = clock
    unit = Transaction(store: store, isolation: .readCommitted)
  }

  /// What the session has read from the store, and how often it went there.
  public var statistics: ReadStatistics {
    finishedStatistics + unit.statistics
  }

  /// Whether there are changes that were not committed: entities that were added, changed or deleted, and staged writes.
  public var hasChanges: Bool {
    !queue.isEmpty || !unit.buffer.isEmpty
  }

  /// Begins a new unit of work in place of the current one.
  func beginUnit(_ isolation: Isolation) {
    finishedStatistics = statistics
    // A stream may still read through the old one.
    if isKnownUniquelyReferenced(&unit) {
      unit.begin(isolation)
    } else {
      unit = Transaction(store: store, isolation: isolation)
    }
    unit.turn = turn
    touched = []
    loadedPending = []
    releaseReached()
    unitNumber += 1
    view = .empty
  }

  /// Notes that rows of the table change.
  func noteChange(of table: String) {
    let place = changeCounts.position(of: table, orAdding: 0)
    changeCounts.entries[place].value += 1
  }

  /// A number that changes with each unit of work and with each change of the table by this session.
  func stamp(of table: String) -> [Int] {
    [unitNumber, changeCounts[table] ?? 0]
  }

  /// Makes sure that the session knows the tables as they are in the store.
  @discardableResult
  func bind(_ schemas: [EntitySchema]) async throws(RomeError) -> CatalogView {
    if knows(schemas) { return view }
    let newer = try await store.catalog.view(of: view.schemas + schemas, in: store)
    // The newer view brings the newer epoch, which the commit checks: what was staged under the older one must be right
    // under both.
    guard try await stagedWritesFit(newer) else {
      throw RomeError(.conflict, "a table that the unit of work writes got another schema")
    }
    view = newer
    return view
  }

  /// Whether the session knows the tables as they are in the store, so that ``bind(_:)`` has nothing to do. A unit of work that has
  /// used no table yet takes those that the process knows.
  func knows(_ schemas: [EntitySchema]) -> Bool {
    if view === CatalogView.empty { view = store.catalog.current }
    return schemas.allSatisfy(view.knows)
  }

  /// The binding of a table that ``bind(_:)`` was called for.
  func binding(_ schema: EntitySchema) throws(RomeError) -> TableBinding {
    guard let binding = view.binding(schema) else {
      throw RomeError(.invalidState, "the table is not bound to the store", entity: schema.table)
    }
    return binding
  }
}

/// The entities that were changed since a point in time, as they were then.
struct TouchedEntities {
  /// The most entities that are looked through one by one.
  private static var few: Int { 8 }

  /// The entities in the order in which they were touched.
  private(set) var entities: [(entity: any Entity, saved: EntityState.Saved)] = []
  /// The entities, once they are more than few.
  private var known: Set<ObjectIdentifier> = []

  /// Calls the closure with each of the entities, without a copy of what is kept of it.
  func forEachEntity(_ body: (any Entity) -> Void) {
    entities.withUnsafeBufferPointer { entities in
      for place in entities.indices { body(entities[place].entity) }
    }
  }

  /// Keeps the state of an entity unless an earlier one is kept.
  mutating func note(_ entity: any Entity) {
    if holds(entity) { return }
    entities.append((entity, entity.entityState.save()))
    noteLast()
  }

  /// Whether the state of the entity is kept.
  func holds(_ entity: any Entity) -> Bool {
    if entities.count > Self.few { return known.contains(ObjectIdentifier(entity)) }
    return entities.indices.contains { entities[$0].entity === entity }
  }

  /// Takes over what a savepoint inside has kept.
  mutating func merge(_ inner: TouchedEntities) {
    for kept in inner.entities where !holds(kept.entity) {
      entities.append(kept)
      noteLast()
    }
  }

  /// Enters the last entity, or all when they have just become many, into the set.
  private mutating func noteLast() {
    guard entities.count > Self.few else { return }
    let first = known.isEmpty ? 0 : entities.count - 1
    for place in first..<entities.count { known.insert(ObjectIdentifier(entities[place].entity)) }
  }
}

extension ReadStatistics {
  /// The sum of both.
  static func + (left: ReadStatistics, right: ReadStatistics) -> ReadStatistics {
    var result = left
    result.roundTrips += right.roundTrips
    result.keysRead += right.keysRead
    result.rowsRead += right.rowsRead
    return result
  }
}
