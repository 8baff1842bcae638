// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import Testing

/// Servers that can't be reached or must not be used, and what a store says of them.
@Suite(.timeLimit(.minutes(2))) struct ConnectingTests {
  private func failure(_ configuration: RedisConfiguration) async -> StoreError? {
    let error = await storeError { try await RedisStore.connect(to: configuration) }
    if let password = configuration.password {
      #expect(error?.description.contains(password) == false, "no error shows the password")
    }
    return error
  }

  @Test func `a server that is not there is unavailable at once`() async throws {
    let proxy = try await ChaosProxy(to: RedisServer.shared.port)
    try proxy.set(.refuse)
    let error = await failure(try RedisConfiguration(url: proxy.url))
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("127.0.0.1:\(proxy.port)") == true)
    #expect(await failure(RedisConfiguration(.unix(path: "/nowhere/redis.sock")))?.code == .unavailable)
    #expect(await failure(RedisConfiguration(.tcp(host: "no-such-host.invalid", port: 1)))?.code == .unavailable)
    proxy.close()
  }

  @Test func `a server that never answers is given up when the time is over`() async throws {
    let proxy = try await ChaosProxy(to: RedisServer.shared.port)
    try proxy.set(.ignore)
    var configuration = try RedisConfiguration(url: proxy.url)
    configuration.connectTimeout = .milliseconds(150)
    let error = await failure(configuration)
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("no answer") == true)
    try await proxy.waitForCounts { $0.openConnections == 0 }
    proxy.close()
  }

  @Test func `a server that is not there yet is waited for by a store that was not asked to connect`() async throws {
    let server = try RedisServer()
    let configuration = try RedisConfiguration.fresh(on: server) {
      $0.reconnectDelay = .milliseconds(2)...(.milliseconds(10))
      $0.requestTimeout = .seconds(30)
    }
    let store = try RedisStore(configuration)
    #expect(store.server == nil && store.capabilities.durability == .memory)
    async let receipt = store.commit(.put(.number(1), "1")).receipt
    async let text = store.texts([.number(2)])
    try await server.start()
    #expect(try await receipt != nil)
    #expect(try await text == [nil])
    #expect(store.server?.role == "master")
    await store.close()
    try await server.close()
  }

  @Test func `who comes without the right password is not let in`() async throws {
    let server = try await RedisServer.started(
      .init(password: "hunter2secret", users: [.init("app", password: "apps3cret")]))
    var configuration = try RedisConfiguration(url: server.url)
    #expect(configuration.password == "hunter2secret")
    try await RedisStore.connect(to: configuration).close()
    configuration.password = nil
    #expect(await failure(configuration)?.code == .unauthorized)
    configuration.password = "wr0ngSecret"
    #expect(await failure(configuration)?.code == .unauthorized)
    configuration = try RedisConfiguration(url: server.url(user: "app", password: "apps3cret"))
    try await RedisStore.connect(to: configuration).close()
    configuration.user = "nobody"
    #expect(await failure(configuration)?.code == .unauthorized)
    // A password for a server that asks for none is a mistake too.
    let open = try await RedisConfiguration.shared { $0.password = "hunter2secret" }
    #expect(await failure(open)?.code == .unauthorized)
    try await server.close()
  }

  @Test func `a store whose password was refused goes on when the server takes it`() async throws {
    let server = try await RedisServer.started(.init(password: "first"))
    let log = EventLog()
    let store = try RedisStore(
      .fresh(on: server) {
        $0.password = "second"
        $0.reconnectDelay = .milliseconds(1)...(.milliseconds(5))
        $0.onEvent = log.record
      })
    #expect(await storeError { try await store.commit(.put(.number(1), "1")) }?.code == .unauthorized)
    let console = try server.console()
    try console.run("CONFIG", "SET", "requirepass", "second")
    try await eventually("the store gets in") { (try? await store.commit(.put(.number(1), "1")).receipt) != nil }
    #expect(log.failedAttempts >= 1)
    await store.close()
    try await server.close()
  }

  @Test func `a database that is not there is refused`() async throws {
    let server = try await RedisServer.started(.init(databases: 2))
    var configuration = try RedisConfiguration(url: server.url(user: "", password: nil, database: 1))
    let store = try await RedisStore.connect(to: configuration)
    _ = try await store.commit(.put(.number(1), "1"))
    #expect(try server.console().info("keyspace").keys.sorted() == ["db1"])
    configuration.database = 2
    let error = await failure(configuration)
    #expect(error?.code == .refused)
    #expect(error?.message.contains("database 2") == true)
    configuration.database = 0
    let other = try await RedisStore.connect(to: configuration)
    #expect(try await other.text(.number(1)) == nil, "databases have nothing to do with each other")
    await other.close()
    await store.close()
    try await server.close()
  }

  @Test func `a replica is refused`() async throws {
    let primary = try await RedisServer.shared
    let server = try await RedisServer.started(.init(extraArguments: ["--replicaof", "127.0.0.1", "\(primary.port)"]))
    let error = await failure(try RedisConfiguration(url: server.url))
    #expect(error?.code == .refused)
    #expect(error?.message.contains("replica") == true)
    try await server.close()
  }

  @Test(arguments: ["allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-ttl", "noeviction"])
  func `a server that may evict rows is refused, unless that is wanted`(policy: String) async throws {
    let server = try await RedisServer.started(.init(maximumMemory: 100 << 20, evictionPolicy: policy))
    var configuration = try RedisConfiguration(url: server.url)
    if policy.hasPrefix("allkeys") {
      let error = await failure(configuration)
      #expect(error?.code == .unsuitable)
      #expect(error?.message.contains(policy) == true)
    } else {
      try await RedisStore.connect(to: configuration).close()
    }
    configuration.eviction = .accept
    let store = try await RedisStore.connect(to: configuration)
    #expect(store.server?.evictionPolicy == policy)
    await store.close()
    try await server.close()
  }

  @Test(arguments: [
    ("redis_version:6.2.14\r\nrole:master\r\n", StoreError.Code.unsuitable, "6.2.14"),
    ("redis_version:5\r\nrole:master\r\n", .unsuitable, "7.0"), ("role:master\r\n", .unsuitable, "version"),
    ("redis_version:x.y\r\n", .unsuitable, "x.y"), ("", .unsuitable, "version"),
    ("redis_version:7.2.4\r\nrole:master\r\ncluster_enabled:1\r\n", .unsuitable, "Cluster"),
    ("redis_version:8.0.1\r\nrole:slave\r\n", .refused, "replica"),
  ])
  func `a server that can't hold the data says so itself`(
    information: String, code: StoreError.Code, part: String
  ) async throws {
    let proxy = try await ChaosProxy(to: RedisServer.shared.port)
    proxy.plan = .every("INFO", .replaceReply(Array("$\(information.utf8.count)\r\n\(information)\r\n".utf8)))
    let error = await failure(try RedisConfiguration(url: proxy.url))
    #expect(error?.code == code)
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    proxy.close()
  }

  @Test func `a namespace of another layout is refused`() async throws {
    let configuration = try await RedisConfiguration.shared()
    let console = try await RedisServer.shared.console()
    try console.run("HSET", "{\(configuration.namespace):0}:meta", "format", "2")
    #expect(await failure(configuration)?.code == .unsuitable)
    try console.run("DEL", "{\(configuration.namespace):0}:meta")
  }

  @Test func `a server that loads its data is asked again`() async throws {
    let proxy = try await ChaosProxy(to: RedisServer.shared.port)
    let loading = ChaosProxy.Action.replaceReply(Array("-LOADING Redis is loading the dataset in memory\r\n".utf8))
    proxy.plan = .every("SCRIPT", loading)
    var configuration = try await RedisConfiguration.shared()
    configuration.address = .tcp(host: "127.0.0.1", port: UInt16(proxy.port))
    let error = await failure(configuration)
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("loading") == true)
    // A store that was not asked to connect waits for it.
    let log = EventLog()
    configuration.reconnectDelay = .milliseconds(1)...(.milliseconds(5))
    configuration.requestTimeout = .seconds(30)
    configuration.onEvent = log.record
    let store = try RedisStore(configuration)
    async let text = store.texts([.number(1)])
    try await eventually("it tries") { log.failedAttempts >= 3 }
    proxy.plan = .none
    #expect(try await text == [nil])
    await store.close()
    proxy.close()
  }

  @Test func `a server with too many clients says so and is asked again`() async throws {
    let server = try await RedisServer.started(.init(extraArguments: ["--maxclients", "1"]))
    let console = try server.console()
    var configuration = try RedisConfiguration.fresh(on: server)
    let error = await failure(configuration)
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("too many clients") == true, "\(error?.message ?? "")")
    let log = EventLog()
    configuration.reconnectDelay = .milliseconds(1)...(.milliseconds(5))
    configuration.requestTimeout = .seconds(30)
    configuration.onEvent = log.record
    let store = try RedisStore(configuration)
    async let text = store.texts([.number(1)])
    try await eventually("it tries") { log.failedAttempts >= 3 }
    try console.run("CONFIG", "SET", "maxclients", "100")
    #expect(try await text == [nil])
    await store.close()
    try await server.close()
  }

  @Test(arguments: [
    (RedisServer.AppendOnly?.none, Durability.memory), (.always, .synchronous), (.everySecond, .everySecond),
    (.never, .memory),
  ])
  func `durability is what the settings of the server say`(
    setting: RedisServer.AppendOnly?, durability: Durability
  ) async throws {
    let server = try await RedisServer.started(
      .init(users: [.init("blind", password: "b", rules: "~* +@all -config")], appendOnly: setting))
    let store = try await RedisStore.connect(to: try RedisConfiguration(url: server.url))
    #expect(store.capabilities.durability == durability && store.server?.durability == durability)
    #expect(try await store.commit(.put(.number(1), "1")).receipt?.durability == durability)
    await store.close()
    let blind = try await RedisStore.connect(to: try RedisConfiguration(url: server.url(user: "blind", password: "b")))
    #expect(blind.capabilities.durability == .memory, "who may not see the settings promises nothing")
    await blind.close()
    try await server.close()
  }

  @Test func `a server is reached by its socket in the file system`() async throws {
    let server = try await RedisServer.started(.init(hasUnixSocket: true))
    let path = try #require(server.socketPath)
    let store = try await RedisStore.connect(to: try RedisConfiguration(url: "unix://\(path)?name=by-socket"))
    #expect(try await store.commit(.put(.number(1), "1")).receipt != nil)
    let clients = try server.console().clients()
    #expect(clients.contains { $0["name"] == "by-socket" && $0["addr"]?.hasPrefix(path) == true })
    await store.close()
    try await server.close()
  }

  @Test func `a connection has its name, and namespaces have nothing to do with each other`() async throws {
    let name = "store-\(UInt64.random(in: .min ... .max))"
    let first = try await RedisStore.connect(to: .shared { $0.clientName = name })
    let second = try await RedisStore.connect(to: .shared { $0.clientName = "" })
    let console = try await RedisServer.shared.console()
    #expect(try console.clients().count { $0["name"] == name } == 1)
    _ = try await first.commit(.put(.number(1), "first"))
    _ = try await second.commit(.put(.number(1), "second"))
    #expect(try await first.text(.number(1)) == "first")
    #expect(try await second.text(.number(1)) == "second")
    #expect(try await first.reserveIDs("s", count: 2) == 1...2)
    #expect(try await second.reserveIDs("s", count: 2) == 1...2)
    #expect(try await first.eraseNamespace() > 0)
    #expect(try await second.text(.number(1)) == "second")
    #expect(try await second.eraseNamespace() > 0)
    await first.close()
    await second.close()
    try await eventually("the connection is gone") { try console.clients().allSatisfy { $0["name"] != name } }
  }
}
