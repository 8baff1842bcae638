// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import Synchronization
import Testing

/// Each way to lose the answer to a commit, and what the store may say of it.
@Suite(.timeLimit(.minutes(2))) struct CommitOutcomeTests {
  /// What becomes of the commit.
  enum Truth: Sendable {
    case applied
    case notApplied
    /// It depends on whether the server or the end of the connection was faster.
    case either
  }

  /// A fault and what it means.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let action: ChaosProxy.Action
    let truth: Truth
    var code = StoreError.Code.unavailable
  }

  static let cases = [
    Case(testDescription: "cut before the server has it", action: .cutBefore(), truth: .notApplied),
    Case(testDescription: "reset before the server has it", action: .cutBefore(.reset), truth: .notApplied),
    Case(testDescription: "cut within the request", action: .cutRequest(after: 40), truth: .notApplied),
    Case(testDescription: "reset within the request", action: .cutRequest(after: 40, .reset), truth: .notApplied),
    Case(testDescription: "cut behind the request", action: .cutAtOnce(), truth: .either),
    Case(testDescription: "cut before the reply", action: .cutAfter(), truth: .applied),
    Case(testDescription: "reset before the reply", action: .cutAfter(.reset), truth: .applied),
    Case(testDescription: "cut within the reply", action: .cutReply(after: 6), truth: .applied),
    Case(testDescription: "reset within the reply", action: .cutReply(after: 6, .reset), truth: .applied),
    Case(testDescription: "no reply", action: .stallReply, truth: .applied, code: .timedOut),
    Case(testDescription: "no request", action: .stallRequest, truth: .notApplied, code: .timedOut),
    Case(testDescription: "a late reply", action: .delayReply(.seconds(60)), truth: .applied, code: .timedOut),
    garbage("no protocol", "?what\r\n"), garbage("a number of no check", ":1\r\n"), garbage("a status", "+OK\r\n"),
    garbage("an array", "*1\r\n$1\r\nc\r\n"), garbage("nothing", "$-1\r\n"),
    garbage("a revision that is too short", "$3\r\nc12\r\n"),
  ]

  private static func garbage(_ name: String, _ reply: String) -> Case {
    Case(testDescription: name, action: .replaceReply(Array(reply.utf8)), truth: .applied, code: .corrupt)
  }

  @Test(arguments: cases)
  func `a commit whose answer is lost is in doubt, and settled by its id`(_ fault: Case) async throws {
    let rig = try await ProxiedStore { $0.requestTimeout = fault.code == .timedOut ? .milliseconds(500) : .seconds(20) }
    let address = RowAddress.number(1)
    #expect(try await rig.direct.commit(.put(address, "old")).receipt != nil)
    rig.next("EVALSHA", fault.action)
    let commit = Commit(checks: [.exists(address)], writes: [.putRow(address, Array("new".utf8))])
    let outcome = try await rig.store.commit(commit)
    #expect(outcome.doubt?.code == fault.code, "\(outcome)")
    let resolution = try #require(try await rig.store.settle(commit.id))
    let text = try await rig.direct.text(address)
    switch fault.truth {
    case .applied: #expect(resolution.receipt != nil)
    case .notApplied: #expect(resolution == .notCommitted)
    case .either: break
    }
    #expect(text == (resolution.receipt == nil ? "old" : "new"))
    // Whoever asks gets the same answer, and sending the commit again does not apply it again.
    #expect(try await rig.direct.resolve(commit.id) == resolution)
    let again = Commit(id: commit.id, writes: [.putRow(address, Array("again".utf8))])
    if let receipt = resolution.receipt {
      #expect(try await rig.store.commit(again).receipt == receipt)
      #expect(try await rig.store.read([address])[0]?.version == receipt.revision)
    } else {
      #expect(await storeError { try await rig.store.commit(again) }?.code == .refused)
    }
    #expect(try await rig.direct.text(address) == text)
    await rig.close()
  }

  @Test func `a commit that arrives after it was settled as not committed is refused`() async throws {
    let rig = try await ProxiedStore()
    let address = RowAddress.number(1)
    // The request is kept on its way: the server gets it when the commit was settled.
    let kept = Mutex<[[UInt8]]>([])
    rig.proxy.plan = ChaosProxy.Plan { request in
      guard request.command == "EVALSHA", request.numberOfCommand == 1 else { return .pass }
      kept.withLock { $0 = request.arguments }
      return .cutBefore()
    }
    let commit = Commit.put(address, "late")
    #expect(try await rig.store.commit(commit).doubt?.code == .unavailable)
    #expect(try await rig.store.resolve(commit.id) == .notCommitted)
    let answer = try await RedisServer.shared.console().send(kept.withLock { $0 })
    #expect(answer == .text("r"))
    #expect(try await rig.direct.text(address) == nil)
    #expect(try await rig.direct.resolve(commit.id) == .notCommitted)
    await rig.close()
  }

  @Test func `a commit that was not sent when the connection broke is sent over the next one`() async throws {
    let rig = try await ProxiedStore()
    for round in 1...20 {
      rig.proxy.cutAll(round.isMultiple(of: 2) ? .close : .reset)
      // The client has noticed: it has nothing to send on, and must not be in doubt.
      try await eventually("the connection is lost") { rig.log.disconnections >= round }
      #expect(try await rig.store.commit(.put(.number(1), "\(round)")).receipt != nil)
      #expect(try await rig.direct.text(.number(1)) == "\(round)")
    }
    #expect(rig.proxy.counts.requests["EVALSHA"] == 20, "each was sent once")
    await rig.close()
  }

  @Test func `a commit that was sent in part when the server died is applied once by the next`() async throws {
    let server = try await RedisServer.started(.init(appendOnly: .always))
    var configuration = try RedisConfiguration.fresh(on: server) { $0.requestTimeout = .seconds(20) }
    let log = EventLog()
    configuration.onEvent = log.record
    let store = try await RedisStore.connect(to: configuration)
    #expect(try await store.commit(.put(.number(0), "0")).receipt != nil)
    try await server.pause()
    // More than the buffers of a socket take, so the end of it is still here when the server dies.
    let rows = (1...10).map { Write.putRow(.number($0), [UInt8](repeating: UInt8($0), count: 1 << 20)) }
    let commit = Commit(checks: [.exists(.number(0))], writes: rows)
    async let outcome = store.commit(commit)
    try await eventually("the buffers are full") { SocketBuffers.unsentBytes(toPort: server.port) > 64 << 10 }
    try await server.restart(killing: true)
    let receipt = try #require(try await outcome.receipt)
    #expect(log.disconnections == 1)
    #expect(try await store.read((1...10).map { .number($0) }).allSatisfy { $0?.version == receipt.revision })
    #expect(try await store.resolve(commit.id) == .committed(receipt))
    await store.close()
    try await server.close()
  }

  @Test func `transactions are applied exactly once whatever happens to their commits`() async throws {
    let rig = try await ProxiedStore { $0.requestTimeout = .seconds(20) }
    let seed = UInt64.random(in: .min ... .max)
    let session = RomeSession(rig.direct)
    for _ in 1...4 { session.add(Tally()) }
    try await session.commit()
    let faults: [ChaosProxy.Action] = [
      .cutBefore(), .cutBefore(.reset), .cutRequest(after: 30), .cutAtOnce(), .cutAtOnce(.reset), .cutAfter(),
      .cutReply(after: 4), .cutReply(after: 9, .reset), .halfClose,
    ]
    rig.proxy.plan = .seeded(seed, 0.12, ["EVALSHA": faults, "HMGET": faults])
    try await inParallel(8) { task in
      for _ in 0..<15 {
        try await RomeSession(rig.store).transaction(retry: RetryPolicy(maximumAttempts: 10_000)) { session in
          try #require(try await session.get(Tally.self, 1 + task % 4)).count += 1
        }
      }
    }
    let disconnections = rig.log.disconnections
    #expect(disconnections > 5, "there were faults, seed \(seed)")
    var sum = 0
    for number in 1...4 { sum += try #require(try await RomeSession(rig.direct).get(Tally.self, number)).count }
    #expect(sum == 8 * 15, "seed \(seed)")
    await rig.close()
  }

  @Test func `a session whose commit can't be settled ends as unknown, and is told the truth later`() async throws {
    let rig = try await ProxiedStore { $0.requestTimeout = .milliseconds(500) }
    let session = RomeSession(rig.store)
    session.resolutionPatience = .milliseconds(1)
    session.add(Tally())
    try await session.commit()
    // Neither the answer to the commit nor that to the question comes.
    rig.proxy.plan = .every("EVALSHA", .stallReply)
    try #require(try await session.get(Tally.self, 1)).count = 5
    let error = await #expect(throws: RomeError.self) { try await session.commit() }
    #expect(error?.code == .unknownOutcome)
    let id = try #require(error?.commitID)
    rig.proxy.plan = .none
    #expect(try await rig.store.settle(id)?.receipt != nil)
    #expect(try await RomeSession(rig.direct).get(Tally.self, 1)?.count == 5)
    await rig.close()
  }
}
