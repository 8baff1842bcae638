// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// Nova's database API on a store: the functions of `nova.db.api`, each of them a method of the same name in lower camel
/// case, in the folder of its domain.
///
/// ```swift
/// let nova = NovaDatabase(MemoryStore())
/// let service = try await nova.serviceCreate(.admin, values: NovaValues {
///   $0.host = "compute1"
///   $0.binary = "nova-compute"
///   $0.topic = "compute"
/// })
/// ```
///
/// A database is a value that all tasks share. Each call is a session of its own, and each call that changes rows is one
/// serializable transaction: it happens whole or not at all, and two callers who change the same rows do so one after the
/// other. All failures are ``NovaError``.
public struct NovaDatabase: Sendable {
  /// The options of Nova's configuration.
  public var options: NovaOptions
  /// What the time is.
  public var clock: @Sendable () -> Date
  /// How often a transaction is run again after a conflict.
  public var retry: RetryPolicy
  let source: StoreSource
  /// Who collects the plans of the queries; nil for nobody.
  var plans: PlanCollector?

  /// Makes the query set of a store.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - options: The options of Nova's configuration.
  ///   - clock: What the time is.
  ///   - retry: How often a change is tried again when other callers changed the same rows. The default is 64 times.
  public init(
    _ store: any Store, options: NovaOptions = NovaOptions(), clock: @escaping @Sendable () -> Date = { Date() },
    retry: RetryPolicy = .default
  ) {
    self.options = options
    self.clock = clock
    self.retry = retry
    source = StoreSource(store)
  }

  /// Makes the query set of a store that ``reset()`` replaces by an empty one: for servers in test mode.
  ///
  /// - Parameters:
  ///   - options: The options of Nova's configuration.
  ///   - makeStore: Makes an empty store for each reset, such as a `MemoryStore`, or one in an erased namespace of a server.
  ///     It gets the number of the reset, 0 for the store to begin with, and the store that is replaced, to clean up after.
  /// - Throws: What `makeStore` throws.
  public init(
    options: NovaOptions = NovaOptions(),
    resettable makeStore: @escaping StoreSource.Renewal
  ) async throws {
    self.options = options
    clock = { Date() }
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
  /// - Throws: ``NovaError/Code/notImplementedError`` when the database was not made for it, and
  ///   ``NovaError/Code/dbError`` when the new store can't be made.
  public func reset() async throws(NovaError) {
    guard source.isRenewable else {
      throw NovaError(.notImplementedError, detail: "the database can't be reset: it was not made for tests")
    }
    do {
      try await source.renew()
    } catch {
      throw NovaError(error)
    }
  }
}
