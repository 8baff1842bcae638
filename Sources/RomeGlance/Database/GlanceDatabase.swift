// SPDX-License-Identifier: Apache-2.0

public import Rome

/// Glance's database API on a store: the functions of `glance.db`, each of them a method of the same name in lower camel
/// case, in the folder of its domain.
///
/// ```swift
/// let glance = GlanceDatabase(MemoryStore())
/// let caller = GlanceContext(user: "u1", owner: "t1")
/// let image = try await glance.imageCreate(caller, values: ["status": "queued", "name": "cirros", "owner": "t1"])
/// ```
///
/// A database is a value that all tasks share. Each call is a session of its own, and each call that changes rows is one
/// serializable transaction: it happens whole or not at all, and two callers who change the same rows do so one after the
/// other. All failures are ``GlanceError``.
public struct GlanceDatabase: Sendable {
  /// What the time is.
  let clock: GlanceClock
  /// How often a transaction is run again after a conflict.
  let retry: RetryPolicy
  private let source: StoreSource

  /// Makes the query set of a store.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - clock: What the time is.
  ///   - retry: How often a change is tried again when other callers changed the same rows. The default is 64 times.
  public init(_ store: any Store, clock: GlanceClock = .system, retry: RetryPolicy = .default) {
    self.clock = clock
    self.retry = retry
    source = StoreSource(store)
  }

  /// Makes the query set of a store that ``reset()`` replaces by an empty one: for servers in test mode.
  ///
  /// - Parameters:
  ///   - clock: What the time is.
  ///   - makeStore: Makes an empty store for each reset, such as a `MemoryStore`, or one in an erased namespace of a server.
  ///     It gets the number of the reset, 0 for the store to begin with, and the store that is replaced, to clean up after.
  /// - Throws: What `makeStore` throws.
  public init(
    clock: GlanceClock = .system,
    resettable makeStore: @escaping StoreSource.Renewal
  ) async throws {
    self.clock = clock
    retry = .default
    source = try await StoreSource(renewedBy: makeStore)
  }

  /// The store that calls work on now.
  public var store: any Store { source.store }

  /// Empties all tables, and lets the numbers of rows begin at 1 again. Only a database that was made for it can; others
  /// keep what they have.
  ///
  /// It begins a new store instead of deleting rows: sequences of a store never go back, on purpose, and what is still
  /// running against the old store can't write into the new one.
  ///
  /// - Throws: ``GlanceError/Code/rpc`` when the database was not made for it, or the new store can't be made.
  public func reset() async throws(GlanceError) {
    guard source.isRenewable else {
      throw GlanceError(.rpc, "the database can't be reset: it was not made for tests")
    }
    do {
      try await source.renew()
    } catch {
      throw GlanceError(error)
    }
  }
}
