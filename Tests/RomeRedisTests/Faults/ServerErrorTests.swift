// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import Testing

/// What the server may say instead of an answer.
@Suite(.timeLimit(.minutes(2))) struct ServerErrorTests {
  @Test func `a server without memory refuses commits whole, and takes those that free some`() async throws {
    let server = try await RedisServer.started(.init(evictionPolicy: "noeviction"))
    let log = EventLog()
    let store = try await RedisStore.connect(
      to: .fresh(on: server) {
        $0.onEvent = log.record
        $0.reconnectDelay = .milliseconds(1)...(.milliseconds(5))
      })
    let console = try server.console()
    let space = KeySpace.index("by_size", of: "numbers")
    func entry(_ number: Int) -> IndexEntry { IndexEntry(key: Key([1, UInt8(number)]), columnsLength: 1) }
    for number in 1...20 {
      let row = Write.putRow(.number(number), [UInt8](repeating: 7, count: 50_000))
      #expect(try await store.commit(Commit(writes: [row, .putEntry(space, entry(number))])).receipt != nil)
    }
    _ = try await store.reserveIDs("s", count: 1)
    let lease = LeaseRequest(name: "l", claimant: .random(), duration: .seconds(60), patience: .zero)
    guard case .granted(let token) = try await store.acquireLease(lease) else {
      Issue.record("no lease")
      return
    }
    let used = try #require(try console.info("memory")["used_memory"].flatMap { Int($0) })
    try console.run("CONFIG", "SET", "maxmemory", "\(used - 100_000)")

    let before = try Contents(console)
    let writing = Commit(writes: [
      .deleteRow(.number(1)), .putRow(.number(99), [1]), .putEntry(space, entry(99)),
      .advanceSequence("s", past: 1000),
    ])
    let error = await storeError { try await store.commit(writing) }
    #expect(error?.code == .limitExceeded)
    #expect(await storeError { try await store.reserveIDs("s", count: 1) }?.code == .limitExceeded)
    var other = lease
    other.name = "m"
    #expect(await storeError { try await store.acquireLease(other) }?.code == .limitExceeded)
    #expect(try Contents(console) == before)

    // All that writes nothing, or frees something, works; also over a new connection.
    try console.run("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    try await eventually("it connects again") { log.connections == 2 }
    try console.run("SCRIPT", "FLUSH")
    #expect(try await store.read([.number(3)])[0]?.bytes.count == 50_000)
    #expect(try await store.scan([Scan(space)])[0].rows.count == 20)
    #expect(try await store.commit(Commit(checks: [.exists(.number(3))])).receipt != nil)
    #expect(try await store.commit(Commit(checks: [.exists(.number(77))])).failedCheck == 0)
    #expect(try await store.renewLease("l", token: token, duration: .seconds(60)))
    #expect(try await store.resolve(writing.id) == .notCommitted)
    #expect(try await store.releaseLease("l", token: token))
    let removing = Commit(
      checks: [.exists(.number(2))],
      writes: (2...15).flatMap { [Write.deleteRow(.number($0)), .deleteEntry(space, entry($0))] })
    #expect(try await store.commit(removing).receipt != nil)
    #expect(try await store.scan([Scan(space)])[0].rows.count == 6)
    #expect(try await store.commit(.put(.number(50), "room again")).receipt != nil)
    await store.close()
    try await server.close()
  }

  @Test func `a server that becomes a replica is refused, and served again when it is none`() async throws {
    let primary = try await RedisServer.started()
    let server = try await RedisServer.started()
    let store = try await RedisStore.connect(to: .fresh(on: server))
    let console = try server.console()
    _ = try await store.commit(.put(.number(1), "1"))
    // The other one is empty; a copy of it would remove the rows. So it is told of a port where nobody answers.
    try await primary.stop()
    try console.run("REPLICAOF", "127.0.0.1", "\(primary.port)")
    let commit = Commit.put(.number(1), "2")
    #expect(await storeError { try await store.commit(commit) }?.code == .refused)
    #expect(await storeError { try await store.reserveIDs("s", count: 1) }?.code == .refused)
    try console.run("REPLICAOF", "NO", "ONE")
    #expect(try await store.text(.number(1)) == "1")
    #expect(try await store.resolve(commit.id) == .notCommitted)
    #expect(try await store.commit(.put(.number(1), "3")).receipt != nil)
    await store.close()
    try await server.close()
    try await primary.close()
  }

  @Test func `a server that is busy with a script says so, and nothing was done`() async throws {
    let server = try await RedisServer.started(.init(extraArguments: ["--busy-reply-threshold", "20"]))
    let store = try await RedisStore.connect(to: .fresh(on: server))
    _ = try await store.commit(.put(.number(1), "1"))
    let console = try server.console()
    let script = Task { try console.send(["EVAL", "while true do end", "0"]) }
    let other = try RedisConsole(port: server.port)
    try await eventually("the server is busy") { try other.send(["PING"]).failure?.hasPrefix("BUSY") == true }
    let commit = Commit.put(.number(1), "2")
    #expect(await storeError { try await store.commit(commit) }?.code == .unavailable)
    #expect(await storeError { try await store.read([.number(1)]) }?.code == .unavailable)
    #expect(await storeError { try await store.scan([Scan(.rows("numbers"))]) }?.code == .unavailable)
    #expect(try other.send(["SCRIPT", "KILL"]) == .text("OK"))
    #expect(try await script.value.failure != nil)
    #expect(try await store.text(.number(1)) == "1")
    #expect(try await store.commit(.put(.number(1), "3")).receipt != nil)
    await store.close()
    try await server.close()
  }

  /// A key of the store that holds another type, or a value that Rome did not write.
  struct Foreign: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The end of the key, and the command that puts the foreign value there.
    let key: String
    let command: [String]
    /// What must be refused.
    let use: @Sendable (RedisStore) async throws -> Void
  }

  private static let everything = Commit(
    checks: [.row(.number(5), version: nil), .range(.index("i", of: "numbers"), .all, keys: [])],
    writes: [
      .putRow(RowAddress(table: "others", key: Key([1])), [1]), .putRow(.number(5), [5]),
      .putEntry(.index("i", of: "numbers"), IndexEntry(key: Key([1, 2]), columnsLength: 1)),
      .advanceSequence("s", past: 10),
    ])

  private static func commit(_ commit: Commit) -> @Sendable (RedisStore) async throws -> Void {
    { store in _ = try await store.commit(commit) }
  }

  private static let lease = LeaseRequest(
    name: "l", claimant: LeaseClaimant(high: 1, low: 2), duration: .seconds(9), patience: .seconds(9))
  private static let leased = Commit(checks: [.lease("l", token: FencingToken(rawValue: 0))])
  private static let eight = String(repeating: "\0", count: 8)

  static let foreign: [Foreign] = [
    Foreign(testDescription: "rows", key: "rows:numbers", command: ["SET", "x"], use: commit(everything)),
    Foreign(testDescription: "keys", key: "keys:numbers", command: ["SADD", "x"], use: commit(everything)),
    Foreign(testDescription: "index", key: "index:numbers:i", command: ["RPUSH", "x"], use: commit(everything)),
    Foreign(testDescription: "meta", key: "meta", command: ["SET", "x"], use: commit(everything)),
    Foreign(testDescription: "commits", key: "commits", command: ["SET", "x"], use: commit(everything)),
    Foreign(testDescription: "sequences", key: "sequences", command: ["SET", "x"], use: commit(everything)),
    Foreign(testDescription: "leases", key: "leases", command: ["SET", "x"], use: commit(leased)),
    Foreign(
      testDescription: "rows, removing", key: "rows:numbers", command: ["SET", "x"],
      use: commit(Commit(writes: [.deleteRow(RowAddress(table: "others", key: Key([1]))), .deleteRow(.number(1))]))),
    Foreign(
      testDescription: "rows, checking", key: "rows:numbers", command: ["SET", "x"],
      use: commit(Commit(checks: [.exists(.number(1))]))),
    Foreign(
      testDescription: "the newest revision", key: "meta", command: ["HSET", "revision", "tomorrow"],
      use: commit(everything)),
    Foreign(
      testDescription: "a newest revision without a successor", key: "meta",
      command: ["HSET", "revision", "1e300"], use: commit(everything)),
    Foreign(
      testDescription: "a lease that is too short", key: "leases", command: ["HSET", "l", eight], use: commit(leased)),
    Foreign(testDescription: "rows, reading", key: "rows:numbers", command: ["SET", "x"]) { store in
      _ = try await store.read([.number(1)])
    },
    Foreign(testDescription: "a short row", key: "rows:numbers", command: ["HSET", "1", "short"]) { store in
      _ = try await store.read([.number(1)])
    },
    Foreign(testDescription: "index, scanning", key: "index:numbers:i", command: ["SET", "x"]) { store in
      _ = try await store.scan([Scan(.index("i", of: "numbers"), fetch: .entries)])
    },
    Foreign(testDescription: "index, counting", key: "index:numbers:i", command: ["SET", "x"]) { store in
      _ = try await store.scan([Scan(.index("i", of: "numbers"), fetch: .count)])
    },
    Foreign(testDescription: "a short member", key: "index:numbers:i", command: ["ZADD", "0", "x"]) { store in
      _ = try await store.scan([Scan(.index("i", of: "numbers"), fetch: .entries)])
    },
    Foreign(testDescription: "a short member with its row", key: "index:numbers:i", command: ["ZADD", "0", "x"]) {
      store in
      _ = try await store.scan([Scan(.index("i", of: "numbers"), fetch: .rows)])
    },
    Foreign(testDescription: "keys, scanning rows", key: "keys:numbers", command: ["SET", "x"]) { store in
      _ = try await store.scan([Scan(.rows("numbers"), fetch: .rows)])
    },
    Foreign(testDescription: "sequences, reserving", key: "sequences", command: ["SET", "x"]) { store in
      _ = try await store.reserveIDs("s", count: 1)
    },
    Foreign(testDescription: "a sequence of words", key: "sequences", command: ["HSET", "s", "many"]) { store in
      _ = try await store.reserveIDs("s", count: 1)
    },
    Foreign(testDescription: "leases, asking", key: "leases", command: ["SET", "x"]) { store in
      _ = try await store.acquireLease(lease)
    },
    Foreign(testDescription: "a short lease, asking", key: "leases", command: ["HSET", "l", "short"]) { store in
      _ = try await store.acquireLease(lease)
    },
    Foreign(testDescription: "a short lease, renewing", key: "leases", command: ["HSET", "l", eight]) { store in
      _ = try await store.renewLease("l", token: FencingToken(rawValue: 0), duration: .seconds(1))
    },
    Foreign(testDescription: "a short lease, releasing", key: "leases", command: ["HSET", "l", eight]) { store in
      _ = try await store.releaseLease("l", token: FencingToken(rawValue: 0))
    },
    Foreign(testDescription: "leases, withdrawing", key: "leases", command: ["SET", "x"]) { store in
      try await store.withdrawLease("l", claimant: LeaseClaimant(high: 1, low: 2))
    },
    Foreign(testDescription: "queue, asking", key: "queue:l", command: ["SET", "x"]) { store in
      _ = try await store.acquireLease(lease)
    },
    Foreign(testDescription: "a short waiter", key: "queue:l", command: ["HSET", "w", "short"]) { store in
      _ = try await store.acquireLease(lease)
    },
    Foreign(testDescription: "queue, withdrawing", key: "queue:l", command: ["SET", "x"]) { store in
      try await store.withdrawLease("l", claimant: LeaseClaimant(high: 1, low: 2))
    },
    Foreign(testDescription: "commits, resolving", key: "commits", command: ["SET", "x"]) { store in
      _ = try await store.resolve(CommitID(high: 1, low: 1))
    },
    Foreign(testDescription: "meta, resolving", key: "meta", command: ["SET", "x"]) { store in
      _ = try await store.resolve(CommitID(high: 1, low: 1))
    },
  ]

  @Test(arguments: foreign)
  func `what Rome did not write is found before anything is written`(_ foreign: Foreign) async throws {
    let configuration = try await RedisConfiguration.shared()
    let store = try await RedisStore.connect(to: configuration)
    let console = try await RedisServer.shared.console()
    let key = "{\(configuration.namespace):0}:\(foreign.key)"
    try console.send([foreign.command[0], key] + foreign.command.dropFirst())
    let pattern = "{\(configuration.namespace):0}:*"
    let before = try Contents(console, pattern)
    #expect(before.values.count == 1)
    #expect(await storeError { try await foreign.use(store) }?.code == .corrupt)
    #expect(try Contents(console, pattern) == before)
    // The connection goes on.
    try console.run("DEL", key)
    #expect(try await store.commit(Self.fresh).receipt != nil)
    try await store.eraseNamespace()
    await store.close()
  }

  @Test func `a queue is left as it is when the lease is not one of Rome`() async throws {
    let configuration = try await RedisConfiguration.shared()
    let store = try await RedisStore.connect(to: configuration)
    let console = try await RedisServer.shared.console()
    var request = Self.lease
    _ = try await store.acquireLease(request)
    request.claimant = LeaseClaimant(high: 3, low: 4)
    guard case .busy = try await store.acquireLease(request) else {
      Issue.record("the lease is not held")
      return
    }
    let pattern = "{\(configuration.namespace):0}:*"
    let leases = "{\(configuration.namespace):0}:leases"
    for command in [["HSET", leases, "l", "short"], ["SET", leases, "x"]] {
      try console.send(command)
      let before = try Contents(console, pattern)
      #expect(before.values.count == 3, "meta, leases and the queue")
      #expect(await storeError { try await store.acquireLease(request) }?.code == .corrupt)
      if command[0] == "SET" {
        #expect(await storeError { try await store.withdrawLease("l", claimant: request.claimant) }?.code == .corrupt)
      }
      #expect(try Contents(console, pattern) == before)
    }
    try await store.eraseNamespace()
    await store.close()
  }

  private static var fresh: Commit {
    Commit(checks: everything.checks, writes: everything.writes)
  }
}
