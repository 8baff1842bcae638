// SPDX-License-Identifier: Apache-2.0

import Logging
import RedisTestSupport
import Rome
import RomeRedis
import Synchronization
import Testing

/// The password appears nowhere: not in an error, an event, a log, or anything that shows a store, whatever goes wrong.
@Suite(.timeLimit(.minutes(2))) struct SecretTests {
  private static let secret = "hunter2secret"

  /// Keeps what is logged.
  private struct Recorder: LogHandler {
    final class Lines: Sendable {
      let texts = Mutex<[String]>([])
    }

    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      lines.texts.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
    }
  }

  /// Tries to reach a server, and gives everything that was said about it.
  private func texts(
    _ address: RedisAddress, _ change: (inout RedisConfiguration) -> Void = { _ in }
  ) async throws -> (texts: [String], error: StoreError?) {
    let (log, lines) = (EventLog(), Recorder.Lines())
    var configuration = RedisConfiguration(address, user: "app", password: Self.secret)
    configuration.connectTimeout = .seconds(2)
    configuration.requestTimeout = .milliseconds(300)
    configuration.onEvent = log.record
    configuration.logger = Logger(label: "test") { _ in Recorder(lines: lines) }
    change(&configuration)
    var errors = [await storeError { try await RedisStore.connect(to: configuration) }]
    let store = try RedisStore(configuration)
    errors.append(await storeError { try await store.read([.number(1)]) })
    await store.close()
    errors.append(await storeError { try await store.commit(.put(.number(1), "1")) })
    var texts = lines.texts.withLock { $0 } + log.all.map { String(reflecting: $0) }
    for shown: Any in (errors as [Any]) + [store, configuration] {
      var dumped = ""
      dump(shown, to: &dumped)
      texts += [dumped, String(describing: shown), String(reflecting: shown)]
    }
    for error in errors.compactMap({ $0 }) {
      texts.append(RomeError(.store, error.message, underlying: error).description)
    }
    return (texts, errors[0])
  }

  private func expectHidden(_ texts: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(texts.count > 10, sourceLocation: sourceLocation)
    for text in texts { #expect(!text.contains(Self.secret), "\(text)", sourceLocation: sourceLocation) }
  }

  @Test func `no failure to connect tells the password`() async throws {
    let server = try await RedisServer.started(.init(password: "another"))
    let port = UInt16(server.port)
    let refused = try await texts(.tcp(host: "127.0.0.1", port: port))
    #expect(refused.error?.code == .unauthorized)
    expectHidden(refused.texts)
    try await server.close()
    // Nobody listens there any more; no such name; no such socket.
    for address in [
      RedisAddress.tcp(host: "127.0.0.1", port: port), .tcp(host: "nowhere.invalid", port: 1),
      .unix(path: "/nowhere.sock"),
    ] {
      let unreachable = try await texts(address)
      #expect(unreachable.error != nil)
      expectHidden(unreachable.texts)
    }
  }

  @Test func `a server that sends the password back does not get it into an error or a log`() async throws {
    // Real servers quote what they do not understand.
    for echo in [
      { (words: [String]) in "-ERR unknown command '\(words[0])', with args beginning with: '\(words.last ?? "")'\r\n"
      },
      { words in "-ERR wrong: `\(words.joined(separator: "` `"))`\r\n" }, { _ in "+\(Self.secret)\r\n" },
      { words in "-ERR no user has \(words.last ?? "")\r\n" }, { words in "-\(words.last ?? "") is none\r\n" },
    ] as [@Sendable ([String]) -> String] {
      let server = try GarbageServer { .text(echo($0)) }
      defer { server.close() }
      let answered = try await texts(.tcp(host: "127.0.0.1", port: UInt16(server.port)))
      #expect(answered.error != nil)
      expectHidden(answered.texts)
    }
  }
}
