// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import RomeTesting
import Testing

/// Cancelled tasks, which must neither break the connection nor mix up replies.
@Suite(.timeLimit(.minutes(2))) struct CancellationTests {
  @Test func `a task that is cancelled while it waits for a connection goes at once`() async throws {
    let proxy = try await ChaosProxy(to: RedisServer.shared.port)
    try proxy.set(.ignore)
    var configuration = try await RedisConfiguration.shared {
      $0.requestTimeout = .seconds(600)
      $0.connectTimeout = .seconds(600)
      $0.closeTimeout = .seconds(600)
    }
    configuration.address = .tcp(host: "127.0.0.1", port: UInt16(proxy.port))
    let store = try RedisStore(configuration)
    let read = Task { await storeError { try await store.read([.number(1)]) }?.code }
    let commit = Task { await storeError { try await store.commit(.put(.number(1), "1")) }?.code }
    let connecting = Task { [configuration] in
      await storeError { try await RedisStore.connect(to: configuration) }?.code
    }
    try await proxy.waitForCounts { $0.connections == 2 }
    for task in [read, commit, connecting] {
      task.cancel()
      #expect(await task.value == .cancelled)
    }
    // Cancelled ones hold nothing back: there is nobody to wait for.
    await store.close()
    proxy.close()
  }

  @Test func `a cancelled task does not begin`() async throws {
    let rig = try await ProxiedStore()
    rig.proxy.resetCounts()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      let read = await storeError { try await rig.store.read([.number(1)]) }
      let commit = await storeError { try await rig.store.commit(.put(.number(1), "1")) }
      let ids = await storeError { try await rig.store.reserveIDs("s", count: 1) }
      return [read?.code, commit?.code, ids?.code]
    }
    task.cancel()
    #expect(await task.value == [.cancelled, .cancelled, .cancelled])
    #expect(try await rig.store.text(.number(1)) == nil)
    #expect(rig.proxy.counts.requests == ["HMGET": 1])
    await rig.close()
  }

  @Test func `a read that is cancelled on its way returns at once, and the connection goes on`() async throws {
    let rig = try await ProxiedStore { $0.requestTimeout = .seconds(600) }
    _ = try await rig.direct.commit(.put(.number(1), "1"))
    rig.proxy.resetCounts()
    rig.next("HMGET", .delayReply(.milliseconds(100)))
    var read = Task { await storeError { try await rig.store.read([.number(1)]) }?.code }
    try await rig.proxy.waitForCounts { $0.forwarded["HMGET"] == 1 }
    read.cancel()
    _ = await read.value
    // Replies come in order: this one is behind the one that nobody waits for.
    #expect(try await rig.store.texts([.number(1), .number(2)]) == ["1", nil])
    #expect(rig.log.disconnections == 0)
    // It does not wait for the reply, which never comes.
    rig.proxy.resetCounts()
    rig.proxy.plan = .every("HMGET", .stallReply)
    read = Task { await storeError { try await rig.store.read([.number(1)]) }?.code }
    try await rig.proxy.waitForCounts { $0.forwarded["HMGET"] == 1 }
    read.cancel()
    #expect(await read.value == .cancelled)
    await rig.close()
  }

  @Test func `a commit that is cancelled on its way ends as it ended`() async throws {
    let rig = try await ProxiedStore { $0.requestTimeout = .seconds(600) }
    rig.proxy.resetCounts()
    rig.next("EVALSHA", .delayReply(.milliseconds(200)))
    let commit = Task { try await rig.store.commit(.put(.number(1), "1")).receipt }
    try await rig.proxy.waitForCounts { $0.forwarded["EVALSHA"] == 1 }
    commit.cancel()
    #expect(try await commit.value != nil)
    // In doubt, it is settled by the cancelled task.
    rig.next("EVALSHA", .cutAfter())
    let increment = Task { () async throws in
      while !Task.isCancelled { await Task.yield() }
      let commit = Commit.put(.number(2), "2")
      return try await rig.store.resolve(commit.id)
    }
    increment.cancel()
    #expect(try await increment.value == .notCommitted)
    #expect(try await rig.direct.text(.number(1)) == "1")
    await rig.close()
  }

  @Test func `what a cancelled task must be able to do, it can do first of all`() async throws {
    let configuration = try await RedisConfiguration.shared()
    let id = CommitID.random()
    let work: [@Sendable (RedisStore) async throws -> Bool] = [
      { try await $0.resolve(id) == .notCommitted },
      { try await $0.releaseLease("l", token: FencingToken(rawValue: 1)) == false },
      { store in
        try await store.withdrawLease("l", claimant: LeaseClaimant(high: 1, low: 1))
        return true
      },
    ]
    for body in work {
      // It was never connected, so that the first of all is to wait for that.
      let store = try RedisStore(configuration)
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        return try await body(store)
      }
      task.cancel()
      #expect(try await task.value)
      await store.close()
    }
  }

  @Test func `a commit that is cancelled while it waits in the queue is not sent`() async throws {
    let rig = try await ProxiedStore {
      $0.requestTimeout = .seconds(600)
      $0.maximumRequestsInFlight = 1
    }
    rig.proxy.resetCounts()
    rig.proxy.plan = .every("HMGET", .stallReply)
    let read = Task { await storeError { try await rig.store.text(.number(1)) }?.code }
    try await rig.proxy.waitForCounts { $0.forwarded["HMGET"] == 1 }
    let commit = Task { await storeError { try await rig.store.commit(.put(.number(1), "1")) }?.code }
    // It is in the queue, or not begun: either way it is given up.
    commit.cancel()
    #expect(await commit.value == .cancelled)
    read.cancel()
    #expect(await read.value == .cancelled)
    await rig.close()
    #expect(rig.proxy.counts.requests["EVALSHA"] == nil)
  }

  @Test func `a cancelled commit that has to be sent again is given up`() async throws {
    let server = try await RedisServer.started()
    let store = try await RedisStore.connect(to: .fresh(on: server) { $0.requestTimeout = .seconds(600) })
    try await server.pause()
    let rows = (1...10).map { Write.putRow(.number($0), [UInt8](repeating: 1, count: 1 << 20)) }
    let commit = Task { await storeError { try await store.commit(Commit(writes: rows)) }?.code }
    try await eventually("the buffers are full") { SocketBuffers.unsentBytes(toPort: server.port) > 64 << 10 }
    commit.cancel()
    // The server is gone for good, and there is nothing to follow to its end: it was not sent whole.
    try await server.kill()
    #expect(await commit.value == .cancelled)
    await store.close()
    try await server.close()
  }

  @Test func `thousands of random cancellations mix up no replies`() async throws {
    let log = EventLog()
    let store = try await RedisStore.connect(
      to: .shared {
        $0.maximumRequestsInFlight = 20
        $0.onEvent = log.record
      })
    let seed = UInt64.random(in: .min ... .max)
    let space = KeySpace.index("i", of: "numbers")
    for number in 0..<50 {
      _ = try await store.commit(
        Commit(writes: [
          .putRow(.number(number), Array("\(number)".utf8)),
          .putEntry(space, IndexEntry(key: Key([UInt8(number)] + Array("\(number)".utf8)), columnsLength: 1)),
        ]))
    }
    let (cancelled, answered) = (Counter(), Counter())
    try await inParallel(40) { task in
      var generator = SeededGenerator(seed: seed &+ UInt64(task))
      var applied = 0
      for step in 0..<50 {
        let number = Int.random(in: 0..<50, using: &generator)
        let kind = Int.random(in: 0..<4, using: &generator)
        let commit = Commit.put(.number(1000 + task), "\(step)")
        let work = Task { () async throws -> Bool in
          switch kind {
          case 0:
            return try await store.texts([.number(number), .number(49 - number)]) == ["\(number)", "\(49 - number)"]
          case 1:
            let page = try await store.scan([Scan(space, .prefix([UInt8(number)]))])[0]
            return page.rows.map { $0.map { String(decoding: $0.bytes, as: UTF8.self) } } == ["\(number)"]
          case 2: return try await store.scan([Scan(space, .prefix([UInt8(number)]), fetch: .count)])[0].count == 1
          default: return try await store.commit(commit).receipt != nil
          }
        }
        if generator.chance(0.6) {
          for _ in 0..<Int.random(in: 0..<4, using: &generator) { await Task.yield() }
          work.cancel()
        }
        do {
          let isRight = try await work.value
          #expect(isRight, "task \(task), step \(step), seed \(seed)")
          answered.increment()
          if kind == 3 { applied = step }
        } catch let error as StoreError {
          #expect(error.code == .cancelled, "seed \(seed)")
          cancelled.increment()
        }
      }
      // A commit that was given up was not applied, and one that was acknowledged is there.
      let text = try await store.text(.number(1000 + task))
      #expect(text == nil || text == "\(applied)", "seed \(seed)")
    }
    #expect(cancelled.value > 100 && answered.value > 500, "\(cancelled.value), \(answered.value), seed \(seed)")
    #expect(log.disconnections == 0 && log.connections == 1)
    await store.close()
  }
}
