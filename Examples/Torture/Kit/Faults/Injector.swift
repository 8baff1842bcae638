// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
import RomeTesting
import Synchronization

/// Lets a fault happen.
struct Injector {
  /// When something was wrong, by ``MachineClock``. A server that was killed is wrong until it is dead: its start is part of the outage.
  struct Window: Hashable, Sendable {
    var from: Int
    var until: Int
  }

  /// Something that was to happen could not.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let fault: Fault
  let site: Site
  let crew: Crew
  let lease: Duration
  var generator: SeededGenerator

  /// Lets the fault happen once, and mends what it has broken.
  ///
  /// - Returns: When.
  /// - Throws: When the server does not come back.
  mutating func strike() async throws -> Window {
    let from = MachineClock.now
    // When the cause is gone. Who has to start again has not begun with that yet.
    var until: Int?
    switch fault {
    case .serverKilled:
      try await server.kill()
      until = MachineClock.now
      try await server.start()
    case .serverStopped:
      try await server.pause()
      try await Task.sleep(for: .milliseconds(Int.random(in: 300...900, using: &generator)))
      try await server.resume()
    case .connectionsKilled:
      for _ in 0..<5 {
        try console().run("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        try await Task.sleep(for: .milliseconds(Int.random(in: 5...50, using: &generator)))
      }
    case .repliesDropped:
      try await dropReplies()
    case .scriptsFlushed:
      for _ in 0..<10 {
        try console().run("SCRIPT", "FLUSH", "SYNC")
        try await Task.sleep(for: .milliseconds(Int.random(in: 1...20, using: &generator)))
      }
    case .memoryFull:
      let used = try console().info("memory")["used_memory"] ?? "1"
      try console().run("CONFIG", "SET", "maxmemory-policy", "noeviction")
      try console().run("CONFIG", "SET", "maxmemory", used)
      try await Task.sleep(for: .milliseconds(Int.random(in: 200...600, using: &generator)))
      try console().run("CONFIG", "SET", "maxmemory", "0")
    case .diskFull:
      site.disk?.fill()
      // The store may live on the room within its files for a while.
      await crew.waitForRefusal(since: from) { site.server.map { !$0.isRunning } ?? false }
      try await Task.sleep(for: .milliseconds(Int.random(in: 100...300, using: &generator)))
      site.disk?.release()
      until = MachineClock.now
      // With appendfsync always, a server that can't write its log ends rather than answer.
      if let server = site.server, !server.isRunning { try await server.start() }
    case .clientKilled:
      guard let victim = await crew.catchNext(.commit, SIGKILL) else { throw Failure(description: "nobody commits") }
      try await crew.replaceDead([victim])
    case .allClientsKilled:
      crew.killAll()
      try await crew.replaceDead()
    case .holderPaused:
      guard let victim = await crew.catchNext(.holds, SIGSTOP) else {
        throw Failure(description: "nobody holds a lock")
      }
      defer { victim.send(SIGCONT) }
      try await Task.sleep(for: lease * 2.5)
    }
    return Window(from: from, until: until ?? MachineClock.now)
  }

  private var server: RedisServer {
    get throws {
      guard let server = site.server else { throw Failure(description: "there is no server") }
      return server
    }
  }

  private func console() throws -> RedisConsole { try server.console() }

  private mutating func dropReplies() async throws {
    let random = RandomActions(seed: generator.next())
    site.proxy?.plan = ChaosProxy.Plan { _ in random.next() }
    try await Task.sleep(for: .milliseconds(Int.random(in: 300...900, using: &generator)))
    site.proxy?.plan = .none
  }
}

/// What a proxy does to requests, by chance.
private final class RandomActions: Sendable {
  private let generator: Mutex<SeededGenerator>

  init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

  func next() -> ChaosProxy.Action {
    generator.withLock { generator in
      guard generator.chance(0.05) else { return .pass }
      let actions: [ChaosProxy.Action] = [
        .cutBefore(.reset), .cutRequest(after: 20), .cutAtOnce(.reset), .cutAfter(), .cutReply(after: 2), .halfClose,
      ]
      return actions.randomElement(using: &generator) ?? .pass
    }
  }
}
