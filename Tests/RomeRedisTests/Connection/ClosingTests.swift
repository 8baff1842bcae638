// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
import Rome
import RomeRedis
import Synchronization
import Testing

/// Back-pressure, and the end of stores. One after the other: they count what the process has open.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ClosingTests {
  @Test func `many tasks share a small window`() async throws {
    for (requests, bytes) in [(1, 8 << 20), (3, 8 << 20), (1000, 1), (1000, 500)] {
      let log = EventLog()
      let store = try await RedisStore.connect(
        to: .shared {
          $0.maximumRequestsInFlight = requests
          $0.maximumBytesInFlight = bytes
          $0.onEvent = log.record
        })
      try await inParallel(64) { task in
        for step in 0..<5 {
          _ = try await store.commit(.put(.number(task), "\(step)"))
          let text = try await store.text(.number(task))
          #expect(text == "\(step)")
        }
      }
      #expect(log.answered.count == 64 * 10)
      await store.close()
    }
  }

  @Test func `no more requests are under way than may be`() async throws {
    let rig = try await ProxiedStore {
      $0.maximumRequestsInFlight = 4
      $0.requestTimeout = .seconds(600)
    }
    rig.proxy.resetCounts()
    rig.next("HMGET", .delayReply(.milliseconds(200)))
    let reads = (0..<50).map { number in Task { try await rig.store.text(.number(number)) } }
    let counts = try await rig.proxy.waitForCounts { $0.passedReplies == 1 }
    #expect(counts.requests["HMGET"] ?? 0 <= 4)
    for read in reads { #expect(try await read.value == nil) }
    await rig.close()
  }

  @Test func `more requests than may wait fail, but for those that were cancelled`() async throws {
    let proxy = try await ChaosProxy(to: RedisServer.shared.port)
    try proxy.set(.ignore)
    var configuration = try await RedisConfiguration.shared {
      $0.requestTimeout = .seconds(600)
      $0.connectTimeout = .seconds(600)
      $0.closeTimeout = .milliseconds(10)
      $0.maximumWaitingRequests = 10
    }
    configuration.address = .tcp(host: "127.0.0.1", port: UInt16(proxy.port))
    let store = try RedisStore(configuration)
    // Whoever comes when ten wait fails at once; the others wait until they are cancelled, behind one that never is.
    let patient = Task { await storeError { try await store.read([.number(1)]) }?.code }
    try await proxy.waitForCounts { $0.connections == 1 }
    for _ in 1...3 {
      let failed = Counter()
      let tasks = (0..<30).map { _ in
        Task {
          let code = await storeError { try await store.read([.number(1)]) }?.code
          if code == .limitExceeded { failed.increment() }
          return code
        }
      }
      try await eventually("all but nine fail") { failed.value == 21 }
      for task in tasks { task.cancel() }
      for task in tasks { #expect([.limitExceeded, .cancelled].contains(await task.value)) }
      #expect(failed.value == 21)
    }
    async let closing: Void = store.close()
    #expect(await patient.value == .closed)
    await closing
    proxy.close()
  }

  @Test func `closing lets calls under way end, and refuses later ones`() async throws {
    let rig = try await ProxiedStore { $0.requestTimeout = .seconds(600) }
    rig.proxy.resetCounts()
    rig.proxy.plan = .every("EVALSHA", .delayReply(.milliseconds(100)))
    let commits = (0..<5).map { number in Task { try await rig.store.commit(.put(.number(number), "x")).receipt } }
    try await rig.proxy.waitForCounts { $0.forwarded["EVALSHA"] == 5 }
    async let closing: Void = rig.store.close()
    for commit in commits { #expect(try await commit.value != nil) }
    await closing
    #expect(rig.log.closes == 1)
    #expect(await storeError { try await rig.store.read([.number(1)]) }?.code == .closed)
    #expect(await storeError { try await rig.store.commit(.put(.number(1), "y")) }?.code == .closed)
    #expect(await storeError { try await rig.store.resolve(.random()) }?.code == .closed)
    await rig.store.close()
    #expect(try await rig.direct.text(.number(1)) == "x")
    await rig.close()
  }

  @Test func `closing gives up calls that take too long, and leaves commits in doubt`() async throws {
    let rig = try await ProxiedStore {
      $0.requestTimeout = .seconds(600)
      $0.closeTimeout = .milliseconds(50)
      $0.maximumRequestsInFlight = 2
    }
    rig.proxy.resetCounts()
    rig.proxy.plan = .every("EVALSHA", .stallReply)
    let sent = Commit.put(.number(1), "sent")
    let commit = Task { try await rig.store.commit(sent).doubt?.code }
    try await rig.proxy.waitForCounts { $0.forwarded["EVALSHA"] == 1 }
    let read = Task { await storeError { try await rig.store.read([.number(1)]) }?.code }
    try await rig.proxy.waitForCounts { $0.forwarded["HMGET"] == 1 }
    let waiting = Task { await storeError { try await rig.store.commit(.put(.number(2), "waiting")) }?.code }
    await rig.store.close()
    #expect(try await commit.value == .closed)
    #expect(await read.value == .closed)
    #expect(await waiting.value == .closed)
    #expect(try await rig.direct.resolve(sent.id).receipt != nil)
    #expect(try await rig.direct.text(.number(2)) == nil)
    await rig.close()
  }

  @Test func `closing a store without a connection waits for nobody`() async throws {
    for url in ["unix:///nowhere/redis.sock", "redis://127.0.0.1:1"] {
      var configuration = try RedisConfiguration(url: url)
      configuration.closeTimeout = .seconds(600)
      configuration.requestTimeout = .seconds(600)
      let store = try RedisStore(configuration)
      let read = Task { await storeError { try await store.read([.number(1)]) }?.code }
      read.cancel()
      #expect(await read.value == .cancelled)
      await store.close()
      try await RedisStore(configuration).close()
    }
  }

  @Test func `a store that is dropped frees its connection`() async throws {
    let name = "dropped-\(UInt64.random(in: .min ... .max))"
    let log = EventLog()
    let console = try await RedisServer.shared.console()
    do {
      let store = try await RedisStore.connect(
        to: .shared {
          $0.clientName = name
          $0.onEvent = log.record
        })
      #expect(try await store.text(.number(1)) == nil)
      #expect(try console.clients().contains { $0["name"] == name })
    }
    try await eventually("its thread ends") { log.closes == 1 }
    try await eventually("the connection is gone") { try console.clients().allSatisfy { $0["name"] != name } }
  }

  @Test func `stores that come and go leave no file and no thread open`() async throws {
    /// How many files, or threads, this process has; other tests have some too.
    func count(_ kind: String) throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/\(kind)").count
    }
    let (files, threads) = (try count("fd"), try count("task"))
    let server = try await RedisServer.started()
    let console = try server.console()
    let configuration = try RedisConfiguration.fresh(on: server)
    let connected = try console.info("stats")["total_connections_received"].flatMap { Int($0) } ?? 0
    for round in 0..<50 {
      try await inParallel(10) { task in
        let store = try await RedisStore.connect(to: configuration)
        _ = try await store.reserveIDs("s", count: 1)
        // One half is closed, the other one is dropped.
        if (round + task).isMultiple(of: 2) { await store.close() }
      }
    }
    let after = try console.info("stats")["total_connections_received"].flatMap { Int($0) } ?? 0
    #expect(after - connected == 500)
    try await eventually("the server has one client left") { try console.clients().count == 1 }
    // A leak would leave 1,000 of a pipe alone, and 500 threads.
    try await eventually("the files are closed") { try count("fd") < files + 400 }
    try await eventually("the threads have ended") { try count("task") < threads + 200 }
    try await server.close()
  }
}
