// SPDX-License-Identifier: Apache-2.0

public import Rome

/// The test that a store adapter must pass: everything that Rome relies on, one case a promise.
///
/// It reports a plain list, so that it runs under any test library or none:
///
/// ```swift
/// let failures = await StoreConformance(makeStore: { try await MyStore(prefix: UUID().uuidString) }).run()
/// ```
///
/// With Swift Testing, a parameterised test shows each case:
///
/// ```swift
/// @Test(arguments: StoreConformance.cases)
/// func `my store conforms`(conformanceCase: ConformanceCase) async {
///   let result = await StoreConformance(makeStore: { MyStore() }).run(conformanceCase)
///   if case .failed(let failures) = result { Issue.record("\(failures)") }
/// }
/// ```
public struct StoreConformance: Sendable {
  /// All cases.
  public static let cases: [ConformanceCase] =
    ConformanceCase.reading + ConformanceCase.scanning + ConformanceCase.paging + ConformanceCase.filters
    + ConformanceCase.keys
    + ConformanceCase.commits + ConformanceCase.checks + ConformanceCase.versions + ConformanceCase.identities
    + ConformanceCase.sequences + ConformanceCase.snapshots + ConformanceCase.concurrency + ConformanceCase.limits
    + ConformanceCase.cancellation + ConformanceCase.histories + ConformanceCase.leases + ConformanceCase.leaseChecks

  private let seed: UInt64
  private let makeStore: @Sendable () async throws -> any Store
  private let disposeStore: @Sendable (any Store) async -> Void

  /// Makes a suite for one kind of store.
  ///
  /// - Parameters:
  ///   - seed: What random histories are drawn from; the same seed gives the same histories.
  ///   - makeStore: Makes an empty store. It is called once a case, and no two stores may share anything: on a shared
  ///     server give each a key prefix of its own.
  ///   - disposeStore: Called with a store when its case is over, to close it and to remove its data.
  public init(
    seed: UInt64 = 1, makeStore: @escaping @Sendable () async throws -> any Store,
    disposeStore: @escaping @Sendable (any Store) async -> Void = { _ in }
  ) {
    self.seed = seed
    self.makeStore = makeStore
    self.disposeStore = disposeStore
  }

  /// Runs all cases, one after the other.
  ///
  /// - Returns: What the store did wrong; empty when it conforms. Cases that it skips report nothing.
  public func run() async -> [ConformanceFailure] {
    var failures: [ConformanceFailure] = []
    for conformanceCase in StoreConformance.cases {
      if case .failed(let more) = await run(conformanceCase) { failures += more }
    }
    return failures
  }

  /// Runs one case on a store of its own.
  ///
  /// - Parameter conformanceCase: One of ``cases``, or one of your own.
  /// - Returns: What became of it.
  public func run(_ conformanceCase: ConformanceCase) async -> ConformanceResult {
    let store: any Store
    do {
      store = try await makeStore()
    } catch {
      return .failed([ConformanceFailure(caseName: conformanceCase.name, message: "no store could be made: \(error)")])
    }
    if let requirement = conformanceCase.requirement, !requirement.isMet(by: store.capabilities) {
      await disposeStore(store)
      return .skipped(requirement)
    }
    let probe = ConformanceProbe(store: store, seed: seed)
    do {
      try await conformanceCase.body(probe)
    } catch {
      probe.fail("ended by an error: \(error)")
    }
    await disposeStore(store)
    let messages = probe.messages
    guard !messages.isEmpty else { return .passed }
    return .failed(messages.map { ConformanceFailure(caseName: conformanceCase.name, message: $0) })
  }
}
