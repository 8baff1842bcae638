// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import Testing

@testable import RomeRedis

/// A call has one deadline, whatever number of requests it makes.
///
/// No clock is read: a second call begins behind the one under test. So whichever has the later deadline ends later.
@Suite(.timeLimit(.minutes(2))) struct DeadlineTests {
  /// A call that makes two requests.
  struct Call: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable (RedisStore) async throws -> Void
  }

  /// Before the first connection these wait for the names of the scripts, and then for the answer of theirs.
  static let calls = [
    Call(testDescription: "commit") { store in
      if case .unknown(let error) = try await store.commit(.put(.number(1), "1")) { throw error }
    },
    Call(testDescription: "resolve") { _ = try await $0.resolve(.random()) },
    Call(testDescription: "scan of rows") { _ = try await $0.scan([Scan(.rows("numbers"))]) },
    Call(testDescription: "acquireLease") {
      _ = try await $0.acquireLease(
        LeaseRequest(name: "l", claimant: LeaseClaimant(high: 1, low: 1), duration: .seconds(1), patience: .zero))
    },
    Call(testDescription: "releaseLease") {
      _ = try await $0.releaseLease("l", token: FencingToken(rawValue: 1))
    },
    Call(testDescription: "inspectLayout") { _ = try await $0.inspectLayout(of: .rows("t"), from: nil, limit: 1) },
  ]

  /// Runs two calls that get no answer, the first of which begins first, and tells which ended first.
  ///
  /// Both run on the thread of the store, one behind the other, in the order in which they begin and in which they are told.
  private func order(
    _ store: RedisStore, _ first: @escaping @Sendable () async throws -> Void,
    _ second: @escaping @Sendable () async throws -> Void
  ) async -> [String] {
    await withTaskExecutorPreference(store.taskExecutor) {
      await withTaskGroup(of: String.self) { group in
        for (name, call) in [("first", first), ("second", second)] {
          group.addTask { "\(name) \(await storeError { try await call() }?.code.rawValue ?? "")" }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
    }
  }

  @Test(arguments: calls)
  func `the first call ends by its deadline, though it has waited for the connection`(call: Call) async throws {
    let rig = try await ProxiedStore(connects: false) { $0.requestTimeout = .seconds(1) }
    rig.proxy.plan = .init { ["EVALSHA", "HMGET"].contains($0.command) ? .stallReply : .pass }
    let ends = await order(rig.store) {
      try await call.make(rig.store)
    } _: {
      _ = try await rig.store.read([.number(1)])
    }
    #expect(ends == ["first timedOut", "second timedOut"])
    #expect(rig.proxy.counts.requests["EVALSHA"] == 1, "the call got as far as its second request")
    await rig.close()
  }

  @Test func `a scan in two round trips has one deadline`() async throws {
    let rig = try await ProxiedStore {
      $0.requestTimeout = .seconds(1)
      $0.rowFetch = .twoRoundTrips
    }
    _ = try await rig.direct.commit(.put(.number(1), "1"))
    rig.proxy.plan = .init { ["HMGET", "ZLEXCOUNT"].contains($0.command) ? .stallReply : .pass }
    let ends = await order(rig.store) {
      _ = try await rig.store.scan([Scan(.rows("numbers"))])
    } _: {
      _ = try await rig.store.scan([Scan(.rows("numbers"), fetch: .count)])
    }
    #expect(ends == ["first timedOut", "second timedOut"])
    #expect(rig.proxy.counts.requests["HMGET"] == 1, "the call got as far as its second request")
    await rig.close()
  }

  @Test func `a server that accepts and says nothing ends all calls by their deadlines`() async throws {
    let proxy = try await ChaosProxy(to: RedisServer.shared.port)
    try proxy.set(.ignore)
    var configuration = try await RedisConfiguration.shared { $0.requestTimeout = .milliseconds(200) }
    configuration.address = .tcp(host: "127.0.0.1", port: UInt16(proxy.port))
    let store = try RedisStore(configuration)
    let ends = await order(store) {
      try await Self.calls[0].make(store)
    } _: {
      _ = try await store.read([.number(1)])
    }
    #expect(ends == ["first unavailable", "second unavailable"])
    await store.close()
    proxy.close()
  }

  @Test func `a bound comes before all deadlines, in whatever order they are noted`() {
    let now = Moment.now
    func after(_ duration: Duration) -> Moment { now + Moment.Span(duration) }
    var bound = DeadlineBound()
    #expect(!bound.isReached(now) && bound.first == nil)
    for seconds in [5, 3, 4] { bound.note(after(.seconds(seconds))) }
    #expect(bound.first == after(.seconds(3)))
    #expect(!bound.isReached(after(.seconds(2))) && bound.isReached(after(.seconds(3))))
    bound.reset(after(.seconds(3)), Moment.Span(.seconds(5)))
    #expect(bound.first == nil)
    // What lies close together is gone through together.
    bound.note(after(.milliseconds(3001)))
    #expect(bound.first == after(.milliseconds(3010)))
    bound.note(after(.seconds(4)))
    #expect(bound.first == after(.milliseconds(3010)))
  }
}
