// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import Testing

/// Servers that are killed, stopped and started again under load, and connections that are killed by their server.
@Suite(.timeLimit(.minutes(2))) struct ServerDeathTests {
  @Test(arguments: [RedisServer.AppendOnly.always, .everySecond])
  func `a killed server keeps what its settings promise, and clients go on by themselves`(
    _ appendOnly: RedisServer.AppendOnly
  ) async throws {
    let server = try await RedisServer.started(.init(appendOnly: appendOnly))
    let configuration = try RedisConfiguration.fresh(on: server) {
      $0.reconnectDelay = .milliseconds(5)...(.milliseconds(50))
      $0.requestTimeout = .seconds(10)
    }
    let log = EventLog()
    var stores: [RedisStore] = []
    for _ in 1...2 {
      var own = configuration
      own.onEvent = log.record
      stores.append(try await RedisStore.connect(to: own))
    }
    let expected: Durability = appendOnly == .always ? .synchronous : .everySecond
    #expect(stores.allSatisfy { $0.capabilities.durability == expected })

    let acknowledged = Counter()
    let over = Counter()
    let work = Task { [stores] in
      try await withThrowingTaskGroup(of: (Int, CommitReceipt?, Int).self) { group in
        for task in 0..<8 {
          group.addTask {
            // Each counts in a row of its own, so its number is exactly how many commits were applied.
            var count = 0
            var last: CommitReceipt?
            while over.value == 0 {
              let receipt = try await stores[task % 2].increment(.number(task))
              if let last { #expect(receipt.revision > last.revision) }
              last = receipt
              count += 1
              acknowledged.increment()
            }
            return (task, last, count)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    for _ in 1...5 {
      let before = acknowledged.value
      try await eventually("the tasks go on") { acknowledged.value >= before + 40 }
      try await server.restart(killing: true)
    }
    let before = acknowledged.value
    try await eventually("the tasks go on after the last time") { acknowledged.value >= before + 40 }
    over.increment()
    for (task, last, count) in try await work.value {
      let row = try #require(try await stores[0].read([.number(task)])[0])
      let number = try #require(Int(String(decoding: row.bytes, as: UTF8.self)))
      if appendOnly == .always {
        #expect(number == count && row.version == last?.revision)
      } else {
        // While the disk is written to, the server keeps what it has acknowledged to itself for a moment, and it may be
        // lost with it. Nothing is there that was not acknowledged, and no version has come back.
        #expect(number <= count)
        if let last { #expect(row.version <= last.revision) }
      }
    }
    // Each time one store at least was connected; the other may still have been on its way back from the time before.
    #expect(log.disconnections >= 5 && log.connections >= 7)
    for store in stores { await store.close() }
    try await server.close()
  }

  @Test func `a server that stands still longer than the timeout is asked again`() async throws {
    let server = try await RedisServer.started()
    let log = EventLog()
    let store = try await RedisStore.connect(
      to: .fresh(on: server) {
        $0.requestTimeout = .milliseconds(400)
        $0.connectTimeout = .milliseconds(400)
        $0.reconnectDelay = .milliseconds(5)...(.milliseconds(20))
        $0.onEvent = log.record
      })
    _ = try await store.commit(.put(.number(1), "1"))
    try await server.pause()
    let commit = Commit.put(.number(1), "2")
    #expect(try await store.commit(commit).doubt?.code == .timedOut)
    #expect(
      await storeError { try await store.read([.number(1)]) }.map { [.timedOut, .unavailable].contains($0.code) }
        == true)
    #expect(await storeError { try await store.resolve(commit.id) } != nil)
    try await server.resume()
    var resolution: CommitResolution?
    try await eventually("the question is answered") {
      resolution = try? await store.resolve(commit.id)
      return resolution != nil
    }
    #expect(try await store.text(.number(1)) == (resolution?.receipt == nil ? "1" : "2"))
    #expect(resolution != .forgotten)
    await store.close()
    try await server.close()
  }

  @Test func `connections that their server kills cost no increment and make none twice`() async throws {
    let server = try await RedisServer.started()
    let log = EventLog()
    let store = try await RedisStore.connect(
      to: .fresh(on: server) {
        $0.reconnectDelay = .milliseconds(1)...(.milliseconds(10))
        $0.onEvent = log.record
      })
    let console = try server.console()
    // After every 100th commit that is answered, in the order of the answers: a known number of kills.
    let (kills, killer) = AsyncStream.makeStream(of: Void.self)
    let commits = Counter()
    log.listen { event in
      guard case .answered(let request) = event, request.kind == .commit else { return }
      if commits.increment().isMultiple(of: 100) { killer.yield() }
    }
    let killing = Task {
      for await _ in kills { try console.run("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes") }
    }
    try await inParallel(32) { task in
      for _ in 0..<25 { try await store.increment(.number(task % 16)) }
    }
    killer.finish()
    try await killing.value
    var sum = 0
    for text in try await store.texts((0..<16).map { .number($0) }) { sum += Int(text ?? "") ?? 0 }
    #expect(sum == 32 * 25)
    #expect(log.disconnections >= 3, "\(log.disconnections)")
    await store.close()
    try await server.close()
  }

  @Test func `a store that nobody uses connects again when its server is back`() async throws {
    let server = try await RedisServer.started(.init(appendOnly: .always))
    let log = EventLog()
    let store = try await RedisStore.connect(
      to: .fresh(on: server) {
        $0.reconnectDelay = .milliseconds(2)...(.milliseconds(10))
        $0.onEvent = log.record
      })
    _ = try await store.commit(.put(.number(1), "1"))
    try await server.kill()
    try await eventually("it notices") { log.disconnections == 1 && log.failedAttempts > 2 }
    try await server.start()
    try await eventually("it connects") { log.connections == 2 }
    #expect(try await store.text(.number(1)) == "1")
    #expect(log.connections == 2)
    await store.close()
    try await server.close()
  }

  @Test func `scripts that are flushed are loaded again without anybody noticing`() async throws {
    let server = try await RedisServer.started()
    let log = EventLog()
    let store = try await RedisStore.connect(to: .fresh(on: server) { $0.onEvent = log.record })
    let console = try server.console()
    _ = try await store.commit(.put(.number(1), "1"))
    for round in 1...3 {
      try console.run("SCRIPT", "FLUSH")
      #expect(try await store.commit(.put(.number(1), "\(round)")).receipt != nil)
      try console.run("SCRIPT", "FLUSH")
      #expect(try await store.scan([Scan(.rows("numbers"))])[0].rows.count == 1)
      #expect(log.reloads == 2 * round)
    }
    // Under load: many requests find the scripts gone at once, and one load serves them.
    let (answers, answered) = AsyncStream.makeStream(of: Void.self)
    log.listen { event in
      if case .answered(let request) = event, request.kind == .commit { answered.yield() }
    }
    let flushing = Task {
      var (commits, flushes) = (0, 0)
      for await _ in answers {
        commits += 1
        guard commits.isMultiple(of: 20) else { continue }
        try console.run("SCRIPT", "FLUSH", "SYNC")
        flushes += 1
      }
      return flushes
    }
    log.reset()
    try await inParallel(16) { task in
      for _ in 0..<25 { try await store.increment(.number(100 + task)) }
    }
    answered.finish()
    let flushes = try await flushing.value
    #expect(flushes >= 20)
    #expect(log.reloads > 0 && log.reloads <= flushes, "\(log.reloads) for \(flushes)")
    for task in 0..<16 { #expect(try await store.text(.number(100 + task)) == "25") }
    #expect(log.disconnections == 0)
    await store.close()
    try await server.close()
  }
}
