// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Testing

@Suite struct GarbageServerTests {
  @Test func `answers are what the closure gives`() throws {
    let server = try GarbageServer(greeting: Array("+unasked\r\n".utf8)) { words in
      switch words.first {
      case "load": .text("-LOADING Redis is loading the dataset in memory\r\n")
      case "end": .last(Array("$10\r\nabc".utf8))
      case "reset": .last([], .reset)
      case "nothing": .nothing
      default: .text("+\(words.joined(separator: " "))\r\n")
      }
    }
    let console = try RedisConsole(port: server.port)
    #expect(try console.receive() == .text("unasked"))
    #expect(try console.send(["load"]).failure?.hasPrefix("LOADING") == true)
    #expect(try console.send(["a", "b"]) == .text("a b"))
    try console.write(RedisConsole.encode(["nothing"]))
    #expect(try console.send(["c"]) == .text("c"))
    try console.write(RedisConsole.encode(["end"]))
    #expect(try console.receiveToEnd() == (Array("$10\r\nabc".utf8), false))
    #expect(server.connections == 1 && server.requests == 5)
    let other = try RedisConsole(port: server.port)
    #expect(try other.receive() == .text("unasked"))
    try other.write(RedisConsole.encode(["reset"]))
    #expect(try other.receiveToEnd().wasReset)
  }

  @Test func `an endless answer goes on for as long as it is read`() throws {
    let server = try GarbageServer { _ in
      .endless(Array("*100000000\r\n".utf8), repeating: Array(String(repeating: ":1\r\n", count: 10_000).utf8))
    }
    let console = try RedisConsole(port: server.port, timeout: .milliseconds(100))
    try console.write(RedisConsole.encode(["GET", "a"]))
    #expect(try console.receive(atLeast: 8 << 20).starts(with: Array("*100000000\r\n:1\r\n".utf8)))
    console.close()
    // The server still serves others, and ends although a client never read to the end.
    let other = try RedisConsole(port: server.port)
    try other.write(RedisConsole.encode(["GET", "a"]))
    #expect(try other.receive(atLeast: 100).count >= 100)
    server.close()
    #expect(throws: RedisTestError.self) { try RedisConsole(port: server.port) }
  }
}
