// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import Testing

/// What work costs on the wire: requests by the events of the store, commands by the counts of the proxy and the server.
@Suite(.timeLimit(.minutes(2))) struct WireBudgetTests {
  /// A store with 10 shelves of 20 items each.
  private func shop(_ fetch: RedisConfiguration.RowFetch = .oneRoundTrip) async throws -> ProxiedStore {
    let rig = try await ProxiedStore { $0.rowFetch = fetch }
    let session = RomeSession(rig.store)
    for shelf in 1...10 { session.add(Shelf(name: "shelf \(shelf)")) }
    try await session.commit()
    for item in 0..<200 { session.add(Item(code: "\(item)", price: item % 20, shelfID: 1 + item % 10)) }
    try await session.commit()
    rig.log.reset()
    rig.proxy.resetCounts()
    return rig
  }

  /// Does something, and counts what went over the wire: each request and its replies are a round trip.
  ///
  /// - Parameter results: What the work must return: how many results it has had.
  private func cost(
    _ rig: ProxiedStore, _ results: Int = 1, _ work: (RomeSession) async throws -> Int
  ) async throws -> [RedisRequest] {
    rig.log.reset()
    rig.proxy.resetCounts()
    #expect(try await work(RomeSession(rig.store)) == results)
    let requests = rig.log.answered
    #expect(rig.proxy.counts.totalRequests == requests.reduce(0) { $0 + $1.commands })
    #expect(rig.proxy.counts.bytesFromClients == requests.reduce(0) { $0 + $1.bytesSent })
    #expect(requests.allSatisfy { $0.duration > .zero && $0.bytesSent > 0 })
    return requests
  }

  @Test func `rows by their keys are one round trip and one command`() async throws {
    let rig = try await shop()
    var requests = try await cost(rig) { try await $0.get(Item.self, 7) == nil ? 0 : 1 }
    #expect(requests.map(\.kind) == [.read] && requests[0].commands == 1)
    requests = try await cost(rig, 150) {
      try await $0.get(Item.self, keys: 1...150).compactMap { $0 }.count
    }
    #expect(requests.map(\.kind) == [.read] && requests[0].commands == 1)
    #expect(rig.proxy.counts.requests == ["HMGET": 1])
    // Several tables are several commands that go together.
    rig.log.reset()
    _ = try await rig.store.read([
      RowAddress(table: "a", key: Key([1])), RowAddress(table: "b", key: Key([1])),
      RowAddress(table: "a", key: Key([2])),
    ])
    #expect(rig.log.answered.map(\.commands) == [2])
    await rig.close()
  }

  @Test(arguments: [(RedisConfiguration.RowFetch.oneRoundTrip, 1), (.twoRoundTrips, 2)])
  func `an indexed query is one round trip, and each joined table one more`(
    fetch: RedisConfiguration.RowFetch, each: Int
  ) async throws {
    let rig = try await shop(fetch)
    var requests = try await cost(rig, 10) { session in
      try await session.query(Item.self).filter(Item.price == 7).all().count
    }
    #expect(requests.count == each)
    requests = try await cost(rig, 13) { session in
      try await session.query(Item.self).filter(Item.code == "33").one().price
    }
    #expect(requests.count == each)
    requests = try await cost(rig, 20) { session in
      let rows = try await session.query(Shelf.self).filter(Shelf.name == "shelf 3")
        .join(Item.self, on: Item.shelfID == Shelf.id).all()
      return rows.count
    }
    #expect(requests.count == 2 * each)
    requests = try await cost(rig, 10) { session in
      try await session.query(Item.self).filter(Item.price == 7).count()
    }
    #expect(requests.count == 1 && rig.proxy.counts.requests == ["ZLEXCOUNT": 1])
    await rig.close()
  }

  @Test func `a commit of any number of rows is one script`() async throws {
    let rig = try await shop()
    for count in [1, 10, 1000] {
      let requests = try await cost(rig) { session in
        for number in 0..<count { session.add(Shelf(name: "more \(count) \(number)")) }
        return try await session.commit() == nil ? 0 : 1
      }
      #expect(requests.count { $0.kind == .commit } == 1)
      // The others are blocks of ids: a block is greater the more of them are needed.
      #expect(requests.count { $0.kind == .reserveIDs } <= 2)
      #expect(requests.count <= 3, "\(requests.map(\.kind))")
      #expect(rig.proxy.counts.requests["EVALSHA"] == 1)
    }
    await rig.close()
  }

  @Test func `constraints cost no round trip`() async throws {
    let rig = try await shop()
    let requests = try await cost(rig) { session in
      let item = Item(code: "unique", price: 3, shelfID: 4)
      item.id = 100_000
      session.add(item)
      return try await session.commit() == nil ? 0 : 1
    }
    #expect(requests.map(\.kind) == [.commit])
    #expect(requests[0].commands == 1)
    await rig.close()
  }

  @Test func `a transaction is a read and a commit`() async throws {
    let rig = try await shop()
    let requests = try await cost(rig) { session in
      try await session.transaction { session in
        try #require(try await session.get(Item.self, 7)).price += 1
        return 1
      }
    }
    #expect(requests.map(\.kind) == [.read, .commit])
    await rig.close()
  }

  @Test func `no key expires, no keys are listed, and scripts go by their names`() async throws {
    let server = try await RedisServer.started()
    let console = try server.console()
    let log = EventLog()
    let configuration = try RedisConfiguration.fresh(on: server) { $0.onEvent = log.record }
    let store = try await RedisStore.connect(to: configuration)
    try console.run("CONFIG", "RESETSTAT")
    try await inParallel(4) { task in
      let session = RomeSession(store)
      let shelf = Shelf(name: "\(task)")
      session.add(shelf)
      try await session.commit()
      for number in 0..<30 {
        session.add(Item(code: "\(task)-\(number)", price: number, shelfID: shelf.id))
        try await session.commit()
      }
      for item in try await session.query(Item.self).filter(Item.shelfID == shelf.id).all() where item.price > 20 {
        session.delete(item)
      }
      try await session.commit()
      _ = try await session.query(Item.self).filter(Item.price >= 3).order(by: Item.price).limit(5).all()
    }
    #expect(try await RomeSession(store).query(Item.self).count() == 4 * 21)
    let calls = try console.commandCalls()
    let known: Set = [
      "evalsha", "time", "hget", "hmget", "hset", "hdel", "hlen", "hexists", "hincrby", "zadd", "zrem", "zcard",
      "zcount", "zscore", "zlexcount", "zrangebylex", "zrevrangebylex", "info", "config|resetstat",
    ]
    #expect(Set(calls.keys).subtracting(known) == [], "\(calls)")
    // No command of ours came but those that the store has reported.
    let commits = log.answered.count { $0.kind == .commit }
    let scans = log.answered.filter { $0.kind == .scan }.reduce(0) { $0 + $1.commands }
    #expect(calls["evalsha"] ?? 0 <= commits + scans && calls["evalsha"] ?? 0 >= commits)
    let keys = try Contents(console).values.keys
    #expect(!keys.isEmpty)
    for key in keys { #expect(try console.run("TTL", key) == .integer(-1), "\(key)") }
    await store.close()
    try await server.close()
  }
}
