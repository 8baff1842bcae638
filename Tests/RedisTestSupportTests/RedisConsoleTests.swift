// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Testing

@Suite struct RedisConsoleTests {
  @Test func `calls of commands and clients are counted`() async throws {
    let server = try await RedisServer.started()
    let console = try server.console()
    try console.run("CONFIG", "RESETSTAT")
    for _ in 0..<3 { try console.run("SET", "a", "1") }
    try console.run("EVAL", "return redis.call('GET', KEYS[1])", "1", "a")
    let calls = try console.commandCalls()
    #expect(calls["set"] == 3 && calls["eval"] == 1 && calls["get"] == 1 && calls["del"] == nil)
    #expect(try console.info("stats")["total_commands_processed"].flatMap { Int($0) } ?? 0 >= 5)
    let other = try RedisConsole(port: server.port)
    try other.run("CLIENT", "SETNAME", "other")
    let clients = try console.clients()
    #expect(clients.count == 2)
    let id = try #require(clients.first { $0["name"] == "other" }?["id"])
    #expect(clients.contains { $0["user"] == "rome-console" })
    try console.run("CLIENT", "KILL", "ID", id)
    let error = #expect(throws: RedisTestError.self) { try other.run("PING") }
    #expect(error?.code == .connectionLost)
  }

  @Test func `an error is a reply of send and thrown by run`() async throws {
    let console = try await RedisServer.shared.console()
    #expect(try console.send(["NO-SUCH"]).failure?.hasPrefix("ERR unknown command") == true)
    let error = #expect(throws: RedisTestError.self) { try console.run("NO-SUCH") }
    #expect(error?.code == .refused)
    #expect(try console.run("PING") == .text("PONG"))
    console.close()
    let closed = #expect(throws: RedisTestError.self) { try console.run("PING") }
    #expect(closed?.code == .connectionLost)
  }
}
