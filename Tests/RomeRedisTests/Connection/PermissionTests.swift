// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
import Rome
import RomeRedis
import RomeTesting
import Testing

/// The least that a user of the server must be allowed, as the documentation names it.
@Suite(.timeLimit(.minutes(2))) struct PermissionTests {
  /// Each is needed by every store.
  static let commands = [
    "client|setname", "info", "script|load", "eval", "evalsha", "time", "hget", "hmget", "hgetall", "hset", "hdel",
    "hlen", "hexists", "hincrby", "zadd", "zrem", "zcard", "zcount", "zscore", "zrange", "zlexcount", "zrangebylex",
    "zrevrangebylex", "zremrangebyrank", "zremrangebyscore", "pexpireat",
  ]

  private static func rules(_ namespace: String, without left: String? = nil) -> String {
    "~{\(namespace):0}:* " + commands.filter { $0 != left }.map { "+" + $0 }.joined(separator: " ")
  }

  @Test func `the documentation names these commands, and what is optional`() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Sources/RomeRedis/RomeRedis.docc/RunningRedis.md")
    let text = try String(contentsOf: path, encoding: .utf8)
    let begin = try #require(text.range(of: "ACL SETUSER app on >secret ~{shop:0}:* resetchannels -@all"))
    let end = try #require(text.range(of: "```", range: begin.upperBound..<text.endIndex))
    let rules = text[begin.upperBound..<end.lowerBound].split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(Set(rules) == Set((Self.commands + ["config|get", "select"]).map { "+" + $0 }))
    #expect(rules.count == Set(rules).count)
  }

  private func configuration(_ server: RedisServer, _ user: String, _ namespace: String) throws -> RedisConfiguration {
    var configuration = try RedisConfiguration(url: server.url(user: user, password: "secret"))
    configuration.namespace = namespace
    return configuration
  }

  @Test func `a user with the least of rights can do all that a store does`() async throws {
    let server = try await RedisServer.started(
      .init(users: [.init("least", password: "secret", rules: Self.rules("shop*"))]))
    let number = Counter()
    let suite = StoreConformance(
      makeStore: {
        try await RedisStore.connect(to: configuration(server, "least", "shop-\(number.increment())"))
      },
      disposeStore: { store in await (store as? RedisStore)?.close() })
    for conformanceCase in StoreConformance.cases {
      if case .failed(let failures) = await suite.run(conformanceCase) {
        for failure in failures { Issue.record("\(failure)") }
      }
    }
    // What the suite need not come to: a queue for a lock, and commits that are forgotten.
    var own = try configuration(server, "least", "shop-more")
    own.rememberedCommits = 3
    let store = try await RedisStore.connect(to: own)
    for claimant in 1...2 {
      let request = LeaseRequest(
        name: "l", claimant: LeaseClaimant(high: 0, low: UInt64(claimant)), duration: .seconds(9), patience: .seconds(9)
      )
      _ = try await store.acquireLease(request)
    }
    for number in 1...5 { #expect(try await store.commit(.put(.number(number), "x")).receipt != nil) }
    await store.close()
    let calls = try server.console().commandCalls().keys.filter { !["auth", "ping", "config|get"].contains($0) }
    #expect(Set(Self.commands).subtracting(calls) == [], "each command is needed")
    let denied = try server.console().run("ACL", "LOG").members ?? []
    #expect(denied.compactMap { $0.members?[7].text } == ["config|get"], "nothing else was tried")
    try await server.close()
  }

  @Test(arguments: commands)
  func `a user without one of the rights is refused before anything is done`(command: String) async throws {
    let server = try await RedisServer.shared
    let user = "lacks-\(command.replacing("|", with: "-"))"
    let console = try server.console()
    try console.send(
      ["ACL", "SETUSER", user, "reset", "on", ">secret"]
        + Self.rules("shop", without: command).split(separator: " ").map(String.init))
    let error = await storeError { try await RedisStore.connect(to: configuration(server, user, "shop")) }
    #expect(error?.code == .unauthorized)
    let name = command.split(separator: "|")[0]
    #expect(error?.message.lowercased().contains(name) == true, "\(error?.message ?? "")")
    try console.run("ACL", "DELUSER", user)
  }

  @Test func `a user for another namespace is refused, and a database needs one right more`() async throws {
    let server = try await RedisServer.started(
      .init(users: [
        .init("other", password: "secret", rules: Self.rules("other")),
        .init("select", password: "secret", rules: Self.rules("shop") + " +select"),
        .init("erase", password: "secret", rules: Self.rules("shop") + " +scan +unlink"),
        .init("least", password: "secret", rules: Self.rules("shop")),
        .init("read", password: "secret", rules: "%R~{shop:0}:* +@all"),
      ]))
    for user in ["other", "read"] {
      let error = await storeError { try await RedisStore.connect(to: configuration(server, user, "shop")) }
      #expect(error?.code == .unauthorized)
    }
    var own = try configuration(server, "least", "shop")
    let store = try await RedisStore.connect(to: own)
    #expect(await storeError { try await store.eraseNamespace() }?.code == .unauthorized)
    #expect(try await store.commit(.put(.number(1), "1")).receipt != nil)
    await store.close()
    own.database = 1
    #expect(await storeError { try await RedisStore.connect(to: own) }?.code == .unauthorized)
    own.user = "select"
    try await RedisStore.connect(to: own).close()
    own.database = 0
    own.user = "erase"
    let erasing = try await RedisStore.connect(to: own)
    #expect(try await erasing.eraseNamespace() > 0)
    await erasing.close()
    try await server.close()
  }
}
