// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import RedisTestSupport

@Suite struct RedisServerTests {
  @Test func `a server answers on its own port and is gone when it is closed`() async throws {
    let server = try await RedisServer.started()
    let console = try server.console()
    #expect(try console.run("PING") == .text("PONG"))
    #expect(try console.info("server")["tcp_port"] == "\(server.port)")
    #expect(try console.info("server")["process_id"] == server.processID.map { "\($0)" })
    #expect(try console.run("CONFIG", "GET", "save") == .array([.text("save"), .text("")]))
    #expect(server.url == "redis://127.0.0.1:\(server.port)")
    #expect(server.log.contains("Ready to accept connections"))
    try await server.close()
    #expect(!server.isRunning)
    #expect(throws: RedisTestError.self) { try server.console() }
    #expect(!FileManager.default.fileExists(atPath: server.directory))
  }

  @Test func `the directory goes with the object`() async throws {
    var directory = ""
    do {
      let server = try await RedisServer.started()
      directory = server.directory
      #expect(FileManager.default.fileExists(atPath: directory))
    }
    try await eventually("the directory is still there") { !FileManager.default.fileExists(atPath: directory) }
  }

  @Test func `one hundred tests that ask at once share one server`() async throws {
    let ports = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<100 { group.addTask { try await RedisServer.shared.port } }
      return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
    }
    #expect(ports.count == 1)
    #expect(try await RedisServer.shared.console().run("PING") == .text("PONG"))
  }

  @Test func `servers that start at once have ports of their own`() async throws {
    let servers = try await withThrowingTaskGroup(of: RedisServer.self) { group in
      for _ in 0..<8 { group.addTask { try await RedisServer.started() } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(servers.map(\.port)).count == 8)
    for server in servers { #expect(try server.console().info("server")["tcp_port"] == "\(server.port)") }
  }

  @Test func `a restart keeps the port and what the log of changes has`() async throws {
    let server = try await RedisServer.started(.init(appendOnly: .always))
    try server.console().run("SET", "kept", "1")
    for killing in [true, false] {
      let before = server.processID
      try await server.restart(killing: killing)
      #expect(server.processID != before)
      #expect(try server.console().run("GET", "kept") == .text("1"))
    }
    try await server.kill()
    #expect(!server.isRunning)
    await #expect(throws: RedisTestError.self) { try await server.pause() }
    #expect(throws: RedisTestError.self) { try RedisConsole(port: server.port) }
    try await server.start()
    #expect(try server.console().run("GET", "kept") == .text("1"))
  }

  @Test func `a server without a log of changes forgets`() async throws {
    let server = try await RedisServer.started()
    try server.console().run("SET", "lost", "1")
    try await server.restart()
    #expect(try server.console().run("GET", "lost") == .null)
  }

  @Test func `a paused server is silent and goes on where it was`() async throws {
    let server = try await RedisServer.started()
    let console = try server.console(timeout: .milliseconds(50))
    for round in 1...3 {
      try await server.pause()
      #expect(server.isRunning)
      let error = #expect(throws: RedisTestError.self) { try console.run("INCR", "n") }
      #expect(error?.code == .timedOut)
      try await server.resume()
      #expect(try server.console().run("PING") == .text("PONG"))
      #expect(try console.receive() == .integer(round))
    }
    try await server.pause()
    try await server.stop()
    #expect(!server.isRunning)
  }

  @Test func `options reach the server`() async throws {
    let password = "p\"a s\\s%:@/é"
    let server = try await RedisServer.started(
      .init(
        password: password, users: [.init("reader", password: "r", rules: "~a:* +get +ping")], maximumMemory: 4 << 20,
        evictionPolicy: "allkeys-lru", appendOnly: .everySecond, hasUnixSocket: true, databases: 3,
        extraArguments: ["--lua-time-limit", "77"]))
    let path = try #require(server.socketPath)
    let console = try RedisConsole(socketPath: path)
    #expect(try console.send(["PING"]).failure?.hasPrefix("NOAUTH") == true)
    #expect(try console.send(["AUTH", "wrong"]).failure?.hasPrefix("WRONGPASS") == true)
    #expect(try console.run("AUTH", password) == .text("OK"))
    let settings = [
      "maxmemory": "\(4 << 20)", "maxmemory-policy": "allkeys-lru", "appendonly": "yes", "appendfsync": "everysec",
      "databases": "3", "lua-time-limit": "77",
    ]
    for (name, value) in settings { #expect(try console.run("CONFIG", "GET", name).members?.last == .text(value)) }
    #expect(try console.run("AUTH", "reader", "r") == .text("OK"))
    #expect(try console.run("GET", "a:1") == .null)
    #expect(try console.send(["GET", "b:1"]).failure?.hasPrefix("NOPERM") == true)
    #expect(server.url == "redis://:p%22a%20s%5Cs%25%3A%40%2F%C3%A9@127.0.0.1:\(server.port)")
    let url = server.url(user: "reader", password: "r", database: 2)
    #expect(url == "redis://reader:r@127.0.0.1:\(server.port)/2")
  }

  @Test func `a console gets in when nobody else does`() async throws {
    let server = try await RedisServer.started(.init(users: [.init("default", password: "x", rules: "-@all")]))
    #expect(try server.console().run("ACL", "WHOAMI") == .text("rome-console"))
    #expect(try RedisConsole(port: server.port).send(["PING"]).failure?.hasPrefix("NOAUTH") == true)
  }

  @Test func `a server that can't start says why`() async throws {
    let error = await #expect(throws: RedisTestError.self) {
      try await RedisServer.started(.init(extraArguments: ["--no-such-setting", "1"]))
    }
    #expect(error?.code == .endedEarly)
    #expect(error?.message.contains("no-such-setting") == true)
  }

  @Test func `the program is found under either of its names, and else the error says what to install`() throws {
    let directory = FileManager.default.temporaryDirectory.path + "/rome-\(UUID())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let error = #expect(throws: RedisTestError.self) { try RedisServer.installedProgram(in: [directory]) }
    #expect(error?.code == .notInstalled && error?.message.contains("apt-get install redis-server") == true)
    let installed = try RedisServer.installedProgram()
    for name in ["redis-check-rdb", "redis-server"] {
      try FileManager.default.createSymbolicLink(atPath: "\(directory)/\(name)", withDestinationPath: installed)
      #expect(try RedisServer.installedProgram(in: ["/nowhere", directory]) == "\(directory)/\(name)")
    }
  }

  @Test func `a server that crashes is seen to have ended`() async throws {
    let server = try await RedisServer.started(.init(appendOnly: .always))
    _ = try? server.console().send(["DEBUG", "SEGFAULT"])
    try await eventually("the server still runs") { !server.isRunning }
    #expect(server.log.contains("crashed by signal"))
    try await server.start()
    #expect(try server.console().run("PING") == .text("PONG"))
  }

  @Test func `a server holds no socket of the process that started it`() async throws {
    let first = try await RedisServer.started()
    let console = try first.console()
    try console.run("CLIENT", "SETNAME", "seen")
    // This server starts while the connection is open; would it inherit the socket, closing it here would not end it.
    let second = try await RedisServer.started()
    console.close()
    let watcher = try first.console()
    try await eventually("the connection is still open") { try !watcher.clients().contains { $0["name"] == "seen" } }
    #expect(second.isRunning)
  }
}

/// The ways in which a process ends, and the server that it has started.
@Suite struct ServerLifetimeTests {
  @Test func `a server ends when its process is killed`() async throws {
    let result = try await #require(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
      try await announceServer()
      kill(getpid(), SIGKILL)
    }
    try await expectNothingLeft(result.standardOutputContent)
  }

  @Test func `a server ends when its process crashes`() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardOutputContent]) {
      try await announceServer()
      abort()
    }
    try await expectNothingLeft(result.standardOutputContent)
  }

  @Test func `a server ends when its process ends`() async throws {
    let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
      try await announceServer()
      exit(0)
    }
    try await expectNothingLeft(result.standardOutputContent)
  }

  @Test func `a paused server ends with its process, and the directory of a stopped one is removed`() async throws {
    let result = try await #require(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
      try await announceServer { try await $0.pause() }
      try await announceServer { try await $0.stop() }
      try await announceServer { try await $0.restart() }
      kill(getpid(), SIGKILL)
    }
    try await expectNothingLeft(result.standardOutputContent, count: 3)
  }

  private func expectNothingLeft(_ output: [UInt8], count: Int = 1) async throws {
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("server ") }
    #expect(lines.count == count)
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      let port = try #require(Int(words[1]))
      let id = try #require(Int32(words[2]))
      try await eventually("the server still runs") { kill(id, 0) != 0 }
      try await eventually("something listens on its port") { (try? RedisConsole(port: port)) == nil }
      try await eventually("its directory is still there") { !FileManager.default.fileExists(atPath: words[3]) }
    }
  }
}

/// Starts a server that is never closed, and prints where it is.
private func announceServer(_ act: (RedisServer) async throws -> Void = { _ in }) async throws {
  let server = try await RedisServer.started(.init(appendOnly: .always))
  try server.console().run("SET", "a", "1")
  let id = server.processID ?? 0
  try await act(server)
  print("server \(server.port) \(server.processID ?? id) \(server.directory)")
  fflush(nil)
  _ = Unmanaged.passRetained(server)
}
