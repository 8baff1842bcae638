// SPDX-License-Identifier: Apache-2.0

public import Rome
internal import Synchronization

/// A store on a Redis server, version 7.0 or newer, without any module.
///
/// All tasks of the process share one connection, on which their requests follow each other without waiting for replies. A
/// thread of its own does what could block. A commit is one script that checks everything before it writes anything: one
/// round trip, whole or not at all.
///
/// ```swift
/// let store = try await RedisStore.connect(to: RedisConfiguration(url: "redis://127.0.0.1:6379/0?namespace=shop"))
/// let session = RomeSession(store)
/// ```
///
/// A connection that is lost is made again. Reads that were under way are repeated, within
/// ``RedisConfiguration/requestTimeout``; a commit whose answer was lost is `unknown`, and sessions find out what became of
/// it. What the store promises depends on the settings of the server: see the article *Redis*.
public final class RedisStore: Store {
  /// What Rome remembers about this store.
  public let catalog = Catalog()
  /// How the server is reached.
  public let configuration: RedisConfiguration
  let layout: RedisLayout
  private let requestTimeout: Moment.Span
  /// How long and how many commits are remembered, as the script of a commit is told.
  let commitMemory: ArgumentList
  let shared: SharedState
  let loop: EventLoop
  /// For commits in doubt: a revision that is older than theirs.
  let doubts = Mutex<[CommitID: UInt64]>([:])

  /// Makes a store that connects when it is used first. Nothing is sent before.
  ///
  /// - Parameter configuration: How the server is reached.
  /// - Throws: `StoreError` with the code `refused` for a configuration that can't work, `unavailable` when the
  ///   process can't open more files.
  public init(_ configuration: RedisConfiguration) throws(StoreError) {
    try configuration.validate()
    self.configuration = configuration
    layout = RedisLayout(namespace: configuration.namespace)
    requestTimeout = Moment.Span(configuration.requestTimeout)
    var memory = ArgumentList()
    memory.append(configuration.commitMemory.microseconds)
    memory.append(configuration.rememberedCommits)
    commitMemory = memory
    let shared = SharedState(configuration)
    self.shared = shared
    loop = try EventLoop()
    loop.start { loop in
      var connection = Connection(configuration, loop, shared)
      connection.run()
    }
  }

  deinit {
    loop.requestClose(at: .now)
  }

  /// Makes a store and connects it, so that a server that can't be reached or used is found out at once.
  ///
  /// - Parameter configuration: How the server is reached.
  /// - Returns: The store.
  /// - Throws: `StoreError` with the code `unavailable` when the server can't be reached, `unauthorized` when it
  ///   refuses the user, `unsuitable` when it is too old or would evict rows, `refused` for a wrong database or a replica.
  public static func connect(to configuration: RedisConfiguration) async throws(StoreError) -> RedisStore {
    let store = try RedisStore(configuration)
    store.shared.failsFast = true
    do throws(StoreError) {
      _ = try await store.scriptHashes(until: store.deadline)
    } catch {
      store.loop.requestClose(at: .now)
      throw error
    }
    store.shared.failsFast = false
    return store
  }

  /// Waits for the calls that are under way, at most ``RedisConfiguration/closeTimeout``, and closes the connection. Calls
  /// that come later throw `closed`.
  public func close() async {
    loop.requestClose(at: .now + Moment.Span(configuration.closeTimeout))
    await loop.waitForEnd()
  }

  /// Runs tasks on the thread of the connection. A task that prefers it reaches the server without a change of threads,
  /// which is what a small call costs most:
  ///
  /// ```swift
  /// try await withTaskExecutorPreference(store.taskExecutor) { … }
  /// ```
  ///
  /// Nobody else is served while such a task computes, so it is for tasks that mostly wait for the store.
  public var taskExecutor: any TaskExecutor { loop }

  /// What the server said of itself when the connection was last made; nil before.
  public var server: RedisServerInfo? { shared.info }

  /// What the store can do. Before the first connection no durability is promised.
  public var capabilities: StoreCapabilities {
    StoreCapabilities(
      snapshotReads: false, durability: shared.durability,
      scansRowsInOneRoundTrip: configuration.rowFetch == .oneRoundTrip,
      maximumCommitBytes: configuration.maximumCommitBytes, maximumKeyBytes: EntryMember.maximumKeyBytes,
      maximumRowBytes: configuration.maximumRowBytes)
  }

  /// nil: there are no snapshots, reads follow the newest state.
  public var revision: Revision? { nil }

  /// The store itself: Redis has no snapshots. Transactions prove at their commit that what they read is still so.
  public func snapshot() async throws(StoreError) -> any StoreReader {
    self
  }

  // MARK: Requests

  /// When a call that begins now must have ended, whatever number of requests it makes.
  var deadline: Moment { .now + requestTimeout }

  /// The names of the scripts; waits for the first connection.
  ///
  /// - Parameters:
  ///   - deadline: When the call must have ended that needs them.
  ///   - isCancellable: Whether a cancelled task gives the wait up.
  func scriptHashes(
    until deadline: Moment, isCancellable: Bool = true
  ) async throws(StoreError) -> ScriptHashes {
    if let hashes = shared.hashes { return hashes }
    _ = try await perform(RequestBuilder(), .upkeep, until: deadline, isCancellable: isCancellable)
    guard let hashes = shared.hashes else { throw StoreError(.unavailable, "there is no connection") }
    return hashes
  }

  /// Sends commands and waits for their replies.
  ///
  /// - Parameters:
  ///   - request: The commands. It does no harm to do them twice.
  ///   - kind: What they are for.
  ///   - deadline: When the call must have ended that they belong to; nil for a call that begins with them.
  ///   - isCancellable: Whether a cancelled task gives the wait up.
  func perform(
    _ request: RequestBuilder, _ kind: RedisRequest.Kind, until deadline: Moment? = nil,
    isCancellable: Bool = true
  ) async throws(StoreError) -> Reply {
    do throws(RequestFailure) {
      return try await send(
        request, kind, until: deadline ?? self.deadline, isRepeatable: true, isCancellable: isCancellable)
    } catch {
      switch error {
      case .notDone(let error), .inDoubt(let error): throw error
      }
    }
  }

  /// Sends commands and waits for their replies.
  func send(
    _ request: RequestBuilder, _ kind: RedisRequest.Kind, until deadline: Moment, isRepeatable: Bool,
    isCancellable: Bool = true
  ) async throws(RequestFailure) -> Reply {
    let pending = PendingRequest(
      request, kind: kind, isRepeatable: isRepeatable, start: shared.isObserved ? .now : nil, deadline: deadline)
    let loop = self.loop
    if isCancellable {
      await withTaskCancellationHandler {
        await withUnsafeContinuation { continuation in
          pending.wait(continuation)
          loop.submit(pending)
        }
      } onCancel: {
        pending.cancel()
        loop.requestWasCancelled()
      }
    } else {
      await withUnsafeContinuation { continuation in
        pending.wait(continuation)
        loop.submit(pending)
      }
    }
    // It has a result, or the task would still wait.
    guard let result = pending.result else { throw .inDoubt(.closed) }
    return try result.get()
  }
}
