// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
import Testing

/// What each action does, seen from the client's side, from the server's and in the counts.
@Suite struct ChaosProxyTests {
  /// A key that no other test uses.
  private let key = "chaos:\(UInt64.random(in: .min ... .max))"

  private func proxy(_ plan: ChaosProxy.Plan = .none) async throws -> ChaosProxy {
    try ChaosProxy(to: try await RedisServer.shared.port, plan: plan)
  }

  private func counter() async throws -> Int {
    try await RedisServer.shared.console().run("GET", key).number ?? 0
  }

  @Test func `a proxy without a plan passes everything on and counts it`() async throws {
    let proxy = try await proxy()
    let console = try RedisConsole(port: proxy.port)
    #expect(try console.run("SET", key, "1") == .text("OK"))
    let big = String(repeating: "x", count: 20 << 20)
    #expect(try console.run("SET", key, big) == .text("OK"))
    #expect(try console.run("GET", key) == .text(big))
    #expect(try console.send(["no-such-command"]).failure?.hasPrefix("ERR") == true)
    try console.run("DEL", key)
    let other = try RedisConsole(port: proxy.port)
    try other.write(Array("PING\r\n".utf8))
    #expect(try other.receive() == .text("PONG"))
    let counts = proxy.counts
    #expect(counts.connections == 2 && counts.openConnections == 2)
    #expect(counts.requests == ["SET": 2, "GET": 1, "NO-SUCH-COMMAND": 1, "DEL": 1, "PING": 1])
    #expect(counts.forwarded == counts.requests)
    #expect(counts.replies == 6 && counts.passedReplies == 6 && counts.pushes == 0)
    #expect(counts.bytesFromClients == counts.bytesToServer && counts.bytesFromClients > big.utf8.count)
    #expect(counts.bytesFromServer == counts.bytesToClients && counts.bytesToClients > big.utf8.count)
    other.close()
    try await proxy.waitForCounts { $0.openConnections == 1 }
    proxy.resetCounts()
    var expected = ChaosProxy.Counts()
    expected.openConnections = 1
    #expect(proxy.counts == expected)
  }

  @Test func `requests in a row and in pieces are told apart`() async throws {
    let proxy = try await proxy()
    let console = try RedisConsole(port: proxy.port)
    let bytes = (0..<50).flatMap { _ in RedisConsole.encode(["INCR", key]) }
    try console.write(Array(bytes[..<777]))
    for byte in bytes[777..<800] { try console.write([byte]) }
    try console.write(Array(bytes[800...]))
    for number in 1...50 { #expect(try console.receive() == .integer(number)) }
    #expect(proxy.counts.requests == ["INCR": 50] && proxy.counts.passedReplies == 50)
  }

  @Test func `the plan is asked with the request and its numbers`() async throws {
    let proxy = try await proxy(
      ChaosProxy.Plan { request in
        let words = request.arguments.map { String(decoding: $0, as: UTF8.self) }
        let text =
          "\(request.connection) \(request.number) \(request.numberOfCommand) \(request.command) "
          + words.joined(separator: ",")
        return .replaceReply(Array("+\(text)\r\n".utf8))
      })
    let first = try RedisConsole(port: proxy.port)
    #expect(try first.send(["ping"]) == .text("1 1 1 PING ping"))
    let second = try RedisConsole(port: proxy.port)
    #expect(try second.send(["echo", "a"]) == .text("2 1 1 ECHO echo,a"))
    #expect(try second.send(["PING"]) == .text("2 2 2 PING PING"))
    proxy.plan = .none
    #expect(try first.send(["PING"]) == .text("PONG"))
  }

  /// The plan does something to the third INCR; two stand before it and two behind it, all sent at once.
  private func outcome(
    of action: ChaosProxy.Action
  ) async throws -> (replies: [Reply], rest: [UInt8], wasReset: Bool, proxy: ChaosProxy) {
    let proxy = try await proxy(.at(3, of: "INCR", action))
    let console = try RedisConsole(port: proxy.port)
    try console.write((0..<5).flatMap { _ in RedisConsole.encode(["INCR", key]) })
    let replies = [try console.receive(), try console.receive()]
    let (rest, wasReset) = try console.receiveToEnd()
    #expect(proxy.counts.openConnections == 0)
    return (replies, rest, wasReset, proxy)
  }

  @Test func `a cut before the request: the server never sees it`() async throws {
    let outcome = try await outcome(of: .cutBefore())
    #expect(outcome.replies == [.integer(1), .integer(2)] && outcome.rest.isEmpty && !outcome.wasReset)
    #expect(try await counter() == 2)
    #expect(outcome.proxy.counts.forwarded == ["INCR": 2])
  }

  @Test func `a cut in the middle of the request: the server never does it`() async throws {
    let outcome = try await outcome(of: .cutRequest(after: 9))
    #expect(outcome.replies == [.integer(1), .integer(2)] && outcome.rest.isEmpty && !outcome.wasReset)
    #expect(try await counter() == 2)
    #expect(outcome.proxy.counts.forwarded == ["INCR": 2])
    let whole = RedisConsole.encode(["INCR", key]).count
    #expect(outcome.proxy.counts.bytesToServer == 2 * whole + 9)
  }

  @Test func `a cut after the server's reply: it is done, and nothing behind it`() async throws {
    let outcome = try await outcome(of: .cutAfter())
    #expect(outcome.replies == [.integer(1), .integer(2)] && outcome.rest.isEmpty && !outcome.wasReset)
    #expect(try await counter() == 3)
    #expect(outcome.proxy.counts.replies == 3 && outcome.proxy.counts.passedReplies == 2)
  }

  @Test func `a cut in the middle of the reply`() async throws {
    let outcome = try await outcome(of: .cutReply(after: 2))
    #expect(outcome.replies == [.integer(1), .integer(2)] && outcome.rest == Array(":3".utf8) && !outcome.wasReset)
    #expect(try await counter() == 3)
  }

  @Test func `a cut at once: the server does it, sooner or later`() async throws {
    let outcome = try await outcome(of: .cutAtOnce())
    #expect(outcome.replies == [.integer(1), .integer(2)] && outcome.rest.isEmpty && !outcome.wasReset)
    #expect(outcome.proxy.counts.forwarded == ["INCR": 3])
    let console = try await RedisServer.shared.console()
    try await eventually("the server has not done it") { try console.run("GET", key) == .text("3") }
  }

  @Test(arguments: [
    ChaosProxy.Action.cutBefore(.reset), .cutRequest(after: 4, .reset), .cutAtOnce(.reset), .cutAfter(.reset),
    .cutReply(after: 1, .reset),
  ])
  func `a cut may reset the connection`(action: ChaosProxy.Action) async throws {
    let proxy = try await proxy(.at(1, of: "INCR", action))
    let console = try RedisConsole(port: proxy.port)
    try console.write(RedisConsole.encode(["INCR", key]))
    #expect(try console.receiveToEnd().wasReset)
  }

  @Test func `the next connection works after a cut`() async throws {
    let proxy = try await proxy(.at(1, of: "INCR", .cutAfter()))
    let error = #expect(throws: RedisTestError.self) {
      try RedisConsole(port: proxy.port).send(["INCR", key])
    }
    #expect(error?.code == .connectionLost)
    #expect(try RedisConsole(port: proxy.port).send(["INCR", key]) == .integer(2))
  }

  @Test func `a delayed request reaches the server later, also when its client has gone`() async throws {
    let proxy = try await proxy(.at(1, of: "INCR", .delayRequest(.milliseconds(100))))
    let console = try RedisConsole(port: proxy.port)
    let start = ContinuousClock.now
    #expect(try console.send(["INCR", key]) == .integer(1))
    // Not less: how much more it is depends on the machine.
    #expect(ContinuousClock.now - start >= .milliseconds(100))

    proxy.plan = .every("INCR", .delayRequest(.milliseconds(200)))
    try console.write(RedisConsole.encode(["INCR", key]))
    let counts = try await proxy.waitForCounts { $0.requests["INCR"] == 2 }
    #expect(counts.forwarded["INCR"] == 1)
    console.close()
    try await proxy.waitForCounts { $0.forwarded["INCR"] == 2 && $0.openConnections == 0 }
    let watcher = try await RedisServer.shared.console()
    try await eventually("the server has not done it") { try watcher.run("GET", key) == .text("2") }
  }

  @Test func `a delayed reply holds those behind it, in their order`() async throws {
    let proxy = try await proxy(.at(1, of: "INCR", .delayReply(.milliseconds(100))))
    let console = try RedisConsole(port: proxy.port)
    let start = ContinuousClock.now
    try console.write(RedisConsole.encode(["INCR", key]) + RedisConsole.encode(["INCR", key]))
    try await proxy.waitForCounts { $0.totalForwarded == 2 }
    #expect(try console.receive() == .integer(1))
    #expect(ContinuousClock.now - start >= .milliseconds(100))
    #expect(try console.receive() == .integer(2))
  }

  @Test func `a stalled reply stalls the connection and not the server`() async throws {
    let proxy = try await proxy(.at(2, of: "INCR", .stallReply))
    let console = try RedisConsole(port: proxy.port, timeout: .milliseconds(50))
    #expect(try console.send(["INCR", key]) == .integer(1))
    for _ in 0..<2 {
      let error = #expect(throws: RedisTestError.self) { try console.send(["INCR", key]) }
      #expect(error?.code == .timedOut)
    }
    try await proxy.waitForCounts { $0.replies == 3 }
    #expect(try await counter() == 3)
    #expect(proxy.counts.passedReplies == 1 && proxy.counts.openConnections == 1)
    #expect(try RedisConsole(port: proxy.port).send(["INCR", key]) == .integer(4))
    console.close()
    try await proxy.waitForCounts { $0.openConnections == 0 }
  }

  @Test func `a stalled request never reaches the server`() async throws {
    let proxy = try await proxy(.at(2, of: "INCR", .stallRequest))
    let console = try RedisConsole(port: proxy.port, timeout: .milliseconds(50))
    try console.write((0..<3).flatMap { _ in RedisConsole.encode(["INCR", key]) })
    #expect(try console.receive() == .integer(1))
    let error = #expect(throws: RedisTestError.self) { try console.receive() }
    #expect(error?.code == .timedOut)
    #expect(try await counter() == 1)
    #expect(proxy.counts.requests == ["INCR": 3] && proxy.counts.forwarded == ["INCR": 1])
  }

  @Test func `a half-closed connection ends for the client, and the server still gets what it sends`() async throws {
    let proxy = try await proxy(.at(1, of: "INCR", .halfClose))
    let console = try RedisConsole(port: proxy.port)
    #expect(try console.send(["INCR", key]) == .integer(1))
    #expect(try console.receiveToEnd() == ([], false))
    #expect(proxy.counts.openConnections == 1)
    try console.write(RedisConsole.encode(["INCR", key]))
    try await proxy.waitForCounts { $0.replies == 2 }
    #expect(try await counter() == 2)
    #expect(proxy.counts.passedReplies == 1)
  }

  @Test func `garbage in place of a reply`() async throws {
    let proxy = try await proxy(.at(1, of: "INCR", .replaceReply(Array("?what\r\n".utf8))))
    let error = try #require(
      #expect(throws: RedisTestError.self) { try RedisConsole(port: proxy.port).send(["INCR", key]) })
    #expect(error.code == .malformed)
    #expect(try await counter() == 1)
  }

  @Test func `new connections are refused, or ignored, and accepted again`() async throws {
    let proxy = try await proxy()
    let old = try RedisConsole(port: proxy.port)
    #expect(try old.run("PING") == .text("PONG"))
    for _ in 0..<3 {
      try proxy.set(.refuse)
      let refused = #expect(throws: RedisTestError.self) { try RedisConsole(port: proxy.port) }
      #expect(refused?.code == .notAnswering)
      #expect(try old.run("PING") == .text("PONG"))
      try proxy.set(.ignore)
      let ignored = try RedisConsole(port: proxy.port, timeout: .milliseconds(20))
      let silent = #expect(throws: RedisTestError.self) { try ignored.run("PING") }
      #expect(silent?.code == .timedOut)
      try proxy.set(.accept)
      #expect(try RedisConsole(port: proxy.port).run("PING") == .text("PONG"))
    }
  }

  @Test(arguments: [Ending.close, .reset])
  func `all connections are cut`(ending: Ending) async throws {
    let proxy = try await proxy()
    let consoles = try (0..<20).map { _ in try RedisConsole(port: proxy.port) }
    for console in consoles { try console.run("PING") }
    proxy.cutAll(ending)
    for console in consoles { #expect(try console.receiveToEnd().wasReset == (ending == .reset)) }
    #expect(proxy.counts.openConnections == 0)
    #expect(try RedisConsole(port: proxy.port).run("PING") == .text("PONG"))
  }

  @Test func `a closed proxy leaves no connection and no port`() async throws {
    let proxy = try await proxy(.every("INCR", .delayRequest(.seconds(600))))
    let console = try RedisConsole(port: proxy.port)
    try console.write(RedisConsole.encode(["INCR", key]))
    try await proxy.waitForCounts { $0.requests["INCR"] == 1 }
    proxy.close()
    #expect(try console.receiveToEnd().bytes.isEmpty)
    #expect(throws: RedisTestError.self) { try RedisConsole(port: proxy.port) }
    await #expect(throws: RedisTestError.self) { try await proxy.waitForCounts { $0.connections == 2 } }
    #expect(try await counter() == 0)
    proxy.close()
  }

  @Test func `a proxy whose server is away ends connections, and works when it is back`() async throws {
    let server = try await RedisServer.started()
    let proxy = try ChaosProxy(to: server.port)
    let console = try RedisConsole(port: proxy.port)
    try console.run("PING")
    try await server.kill()
    #expect(try console.receiveToEnd().bytes.isEmpty)
    let away = try RedisConsole(port: proxy.port)
    #expect(try away.receiveToEnd().bytes.isEmpty)
    try await server.start()
    #expect(try RedisConsole(port: proxy.port).run("PING") == .text("PONG"))
  }

  @Test func `messages that answer no request are passed on and are no replies`() async throws {
    let proxy = try await proxy()
    let console = try RedisConsole(port: proxy.port)
    try console.run("PING")
    #expect(try console.run("SUBSCRIBE", key).members?.first == .text("subscribe"))
    try await RedisServer.shared.console().run("PUBLISH", key, "news")
    #expect(try console.receive() == .array([.text("message"), .text(key), .text("news")]))
    #expect(proxy.counts.replies == 1 && proxy.counts.pushes == 2)
  }

  @Test func `what is no request is passed on as it is`() async throws {
    let proxy = try await proxy()
    let console = try RedisConsole(port: proxy.port)
    try console.write(Array("*1\r\n:1\r\n".utf8))
    #expect(try console.receive().failure?.hasPrefix("ERR Protocol error") == true)
  }

  @Test func `many connections at once lose and double nothing`() async throws {
    let proxy = try await proxy()
    let key = key
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<16 {
        group.addTask {
          let console = try RedisConsole(port: proxy.port)
          for _ in 0..<100 { try console.run("INCR", key) }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await counter() == 1600)
    #expect(proxy.counts.requests == ["INCR": 1600] && proxy.counts.passedReplies == 1600)
  }
}
