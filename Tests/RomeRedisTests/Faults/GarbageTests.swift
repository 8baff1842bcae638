// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import RomeTesting
import Testing

/// Servers that send anything but what they were asked for: typed errors, no crash, no hang.
@Suite(.timeLimit(.minutes(2))) struct GarbageTests {
  /// What a server sends for everything it is asked.
  struct Garbage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let answer: GarbageServer.Answer
    var greeting: [UInt8] = []
    var codes: Set<StoreError.Code> = [.corrupt]
  }

  static let garbage: [Garbage] = [
    Garbage(testDescription: "HTTP", answer: .text("HTTP/1.1 400 Bad Request\r\n\r\n")),
    Garbage(testDescription: "a letter", answer: .text("x")),
    Garbage(testDescription: "a bad length", answer: .text("$x\r\n")),
    Garbage(testDescription: "a negative length", answer: .text("$-2\r\n")),
    Garbage(testDescription: "a negative count", answer: .text("*-2\r\n")),
    Garbage(testDescription: "a length out of range", answer: .text("$99999999999999999999\r\n")),
    Garbage(testDescription: "a count out of range", answer: .text("*99999999999999999999\r\n")),
    Garbage(testDescription: "a great count", answer: .text("*2147483647\r\n"), codes: [.unavailable, .corrupt]),
    Garbage(
      testDescription: "the greatest count", answer: .text("*9223372036854775807\r\n"), codes: [.unavailable, .corrupt]),
    Garbage(testDescription: "the greatest length", answer: .text("$9223372036854775807\r\n"), codes: [.unavailable]),
    Garbage(
      testDescription: "an endless text", answer: .endless(Array("$1000000000\r\n".utf8), repeating: Array("x".utf8)),
      codes: [.limitExceeded, .unavailable]),
    Garbage(
      testDescription: "an endless line",
      answer: .endless(Array("+".utf8), repeating: [UInt8](repeating: 120, count: 4096)),
      codes: [.limitExceeded, .unavailable]),
    Garbage(
      testDescription: "an endless array",
      answer: .endless(Array("*1000000000\r\n".utf8), repeating: Array(String(repeating: ":1\r\n", count: 500).utf8)),
      codes: [.limitExceeded, .corrupt]),
    Garbage(testDescription: "deep arrays", answer: .text(String(repeating: "*1\r\n", count: 100_000))),
    Garbage(testDescription: "RESP 3", answer: .text("%1\r\n+a\r\n:1\r\n")),
    Garbage(testDescription: "zeros", answer: .bytes([UInt8](repeating: 0, count: 100))),
    Garbage(testDescription: "a part", answer: .text("$10000\r\nabc"), codes: [.unavailable]),
    Garbage(testDescription: "nothing", answer: .nothing, codes: [.unavailable]),
    Garbage(testDescription: "an end", answer: .last([]), codes: [.unavailable]),
    Garbage(testDescription: "a reset", answer: .last([], .reset), codes: [.unavailable]),
    Garbage(testDescription: "a part and an end", answer: .last(Array("$10\r\nab".utf8)), codes: [.unavailable]),
    Garbage(testDescription: "OK", answer: .text("+OK\r\n"), codes: [.unsuitable]),
    Garbage(
      testDescription: "OK and an end", answer: .last(Array(String(repeating: "+OK\r\n", count: 50).utf8)),
      codes: [.unsuitable]),
    Garbage(testDescription: "numbers", answer: .text(":1\r\n")),
    Garbage(testDescription: "nothing at all", answer: .text("$-1\r\n")),
    Garbage(testDescription: "empty arrays", answer: .text("*0\r\n")),
    Garbage(testDescription: "errors", answer: .text("-ERR no\r\n"), codes: [.refused]),
    Garbage(
      testDescription: "a word before it was asked", answer: .text("+OK\r\n"), greeting: Array("hello\r\n".utf8)),
  ]

  @Test(arguments: garbage)
  func `a server that does not speak the protocol is refused`(_ garbage: Garbage) async throws {
    let server = try GarbageServer(greeting: garbage.greeting) { _ in garbage.answer }
    var configuration = try RedisConfiguration(url: server.url)
    configuration.connectTimeout = .milliseconds(400)
    configuration.maximumReplyBytes = 1 << 20
    let error = await storeError { try await RedisStore.connect(to: configuration) }
    #expect(error.map { garbage.codes.contains($0.code) } == true, "\(String(describing: error))")
    server.close()
  }

  @Test func `a reply that nobody asked for ends the connection, and no more`() async throws {
    let rig = try await ProxiedStore()
    rig.next("HMGET", .replaceReply(Array("*1\r\n$-1\r\n+and this\r\n".utf8)))
    #expect(try await rig.store.text(.number(1)) == nil)
    try await eventually("the connection is given up") { rig.log.disconnections == 1 }
    _ = try await rig.direct.commit(.put(.number(1), "1"))
    #expect(try await rig.store.text(.number(1)) == "1")
    await rig.close()
  }

  /// A call and the command that it sends.
  struct Call: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let command: String
    let make: @Sendable (RedisStore) async throws -> Void
  }

  private static let lease = LeaseRequest(
    name: "l", claimant: LeaseClaimant(high: 1, low: 1), duration: .seconds(9), patience: .seconds(9))

  static let calls: [Call] = [
    Call(testDescription: "read", command: "HMGET") { _ = try await $0.read([.number(1), .number(2)]) },
    Call(testDescription: "scan of entries", command: "ZRANGEBYLEX") {
      _ = try await $0.scan([Scan(.index("i", of: "numbers"), fetch: .entries)])
    },
    Call(testDescription: "backward scan of keys", command: "ZREVRANGEBYLEX") {
      _ = try await $0.scan([Scan(.rows("numbers"), limit: 1, direction: .backward, fetch: .entries)])
    },
    Call(testDescription: "count", command: "ZLEXCOUNT") {
      _ = try await $0.scan([Scan(.rows("numbers"), fetch: .count)])
    },
    Call(testDescription: "scan of rows", command: "EVALSHA") { _ = try await $0.scan([Scan(.rows("numbers"))]) },
    Call(testDescription: "commit", command: "EVALSHA") { store in
      let commit = Commit(checks: [.row(.number(7), version: nil)], writes: [.putRow(.number(8), [8])])
      _ = try await store.commit(commit)
    },
    Call(testDescription: "validation", command: "EVALSHA") { store in
      _ = try await store.commit(Commit(checks: [.row(.number(7), version: nil)]))
    },
    Call(testDescription: "resolve", command: "EVALSHA") { _ = try await $0.resolve(.random()) },
    Call(testDescription: "reserveIDs", command: "HINCRBY") { _ = try await $0.reserveIDs("s", count: 5) },
    Call(testDescription: "acquireLease", command: "EVALSHA") { _ = try await $0.acquireLease(lease) },
    Call(testDescription: "renewLease", command: "EVALSHA") {
      _ = try await $0.renewLease("l", token: FencingToken(rawValue: 1), duration: .seconds(1))
    },
    Call(testDescription: "releaseLease", command: "EVALSHA") {
      _ = try await $0.releaseLease("l", token: FencingToken(rawValue: 1))
    },
    Call(testDescription: "withdrawLease", command: "EVALSHA") {
      try await $0.withdrawLease("l", claimant: LeaseClaimant(high: 1, low: 1))
    },
    Call(testDescription: "inspection of rows", command: "EVALSHA") {
      _ = try await $0.inspectLayout(of: .rows("numbers"), from: nil, limit: 10)
    },
    Call(testDescription: "inspection of an index", command: "ZSCAN") {
      _ = try await $0.inspectLayout(of: .index("i", of: "numbers"), from: nil, limit: 10)
    },
    Call(testDescription: "mending", command: "EVALSHA") {
      _ = try await $0.mendLayout(LayoutProblem(.phantomKey, space: .rows("numbers"), key: Key([1])))
    },
    Call(testDescription: "eraseNamespace", command: "SCAN") { try await $0.eraseNamespace() },
  ]

  /// Replies that are well-formed, and right for some calls at most.
  static let shapes = [
    "+OK\r\n", ":0\r\n", ":1\r\n", ":-1\r\n", ":9223372036854775807\r\n", ":-9223372036854775808\r\n", "$-1\r\n",
    "$0\r\n\r\n", "$1\r\nc\r\n", "$1\r\nn\r\n", "$3\r\ncab\r\n", "$9\r\ncaaaaaaaa\r\n", "$9\r\ngaaaaaaaa\r\n",
    "$20\r\ncaaaaaaaaaaaaaaaaaaa\r\n", "*-1\r\n", "*0\r\n", "*1\r\n:1\r\n", "*2\r\n$-1\r\n$-1\r\n",
    "*2\r\n$3\r\nabc\r\n$-1\r\n", "*2\r\n:1\r\n:-5\r\n", "*2\r\n*0\r\n*0\r\n", "*2\r\n$1\r\n0\r\n*0\r\n",
    "*2\r\n$1\r\n0\r\n*1\r\n*0\r\n", "*2\r\n$1\r\n0\r\n*1\r\n$-1\r\n", "*3\r\n:0\r\n*0\r\n*0\r\n",
    "*3\r\n:1\r\n*1\r\n$1\r\nx\r\n*0\r\n", "*3\r\n:1\r\n*1\r\n$1\r\nx\r\n*1\r\n$1\r\ny\r\n",
    "*3\r\n:0\r\n*0\r\n*2\r\n$-1\r\n$-1\r\n", "*3\r\n*0\r\n:1\r\n*0\r\n", "*1\r\n-ERR inside\r\n", "-\r\n", "-ERR\r\n",
    "-NOSCRIPT again\r\n", "-WRONGTYPE x\r\n", "-MOVED 1 a:1\r\n", "-READONLY x\r\n", "-ROMETORN x\r\n",
    "-EXECABORT x\r\n", "-TRYAGAIN x\r\n", "-MISCONF x\r\n", "-NOREPLICAS x\r\n", "-NOAUTH x\r\n",
  ]

  @Test(arguments: calls)
  func `a reply of another shape is an error or an answer, and the store goes on`(_ call: Call) async throws {
    let rig = try await ProxiedStore { $0.requestTimeout = .seconds(2) }
    _ = try await rig.direct.commit(.put(.number(1), "1"))
    for shape in Self.shapes {
      rig.proxy.plan = .every(call.command, .replaceReply(Array(shape.utf8)))
      do {
        try await call.make(rig.store)
      } catch {
        #expect(error is StoreError, "\(shape)")
        #expect((error as? StoreError)?.code != .timedOut, "\(shape)")
      }
      rig.proxy.plan = .none
    }
    #expect(try await rig.store.text(.number(1)) == "1")
    #expect(rig.log.disconnections == 0)
    await rig.close()
  }

  @Test func `mutated replies to real calls are errors or answers, and the store goes on`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    let templates: [String: [String]] = [
      "HMGET": ["*2\r\n$10\r\n12345678ab\r\n$-1\r\n"],
      "ZRANGEBYLEX": ["*2\r\n$6\r\nab\0\0\0\u{1}\r\n$5\r\nc\0\0\0\u{1}\r\n"],
      "EVALSHA": [
        "*3\r\n:0\r\n*2\r\n$1\r\n1\r\n$1\r\n2\r\n*2\r\n$9\r\n12345678a\r\n$-1\r\n", "$9\r\nc12345678\r\n", ":0\r\n",
        "*2\r\n:1\r\n:5000\r\n", "$9\r\ng12345678\r\n",
      ],
      "HINCRBY": [":17\r\n"], "ZSCAN": ["*2\r\n$1\r\n0\r\n*2\r\n$6\r\nab\0\0\0\u{1}\r\n$1\r\n0\r\n"],
    ]
    try await inParallel(4) { task in
      // The first answer may take longer than the timeout on a busy machine, so nobody waits for the connection.
      let rig = try await ProxiedStore(connects: false) {
        $0.requestTimeout = .milliseconds(25)
        $0.reconnectDelay = .microseconds(10)...(.microseconds(10))
        $0.maximumReplyBytes = 1 << 20
      }
      _ = try await rig.direct.commit(.put(.number(1), "1"))
      let generator = SharedGenerator(seed: seed &+ UInt64(task))
      let calls = Self.calls.filter { templates[$0.command] != nil }
      for step in 0..<150 {
        let call = calls[step % calls.count]
        let reply = generator.draw { generator in
          mutated(Array((templates[call.command]?.randomElement(using: &generator) ?? "").utf8), &generator)
        }
        rig.next(call.command, .replaceReply(reply))
        do {
          try await call.make(rig.store)
        } catch {
          #expect(error is StoreError, "seed \(seed), task \(task), step \(step): \(reply)")
        }
        rig.proxy.plan = .none
        // A reply that was cut keeps the connection waiting for its end; then it is made again.
        var text: String?
        try await eventually("the store goes on: seed \(seed), task \(task), step \(step): \(reply)") {
          text = try? await rig.store.text(.number(1))
          return text != nil
        }
        #expect(text == "1", "seed \(seed), task \(task), step \(step): \(reply)")
      }
      await rig.close()
    }
  }
}

/// Changes some of the bytes: one is replaced, left out or doubled, or a part is cut off or repeated.
func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
  var result = bytes
  for _ in 0..<Int.random(in: 1...3, using: &generator) where !result.isEmpty {
    let position = Int.random(in: 0..<result.count, using: &generator)
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: result[position] = UInt8.random(in: .min ... .max, using: &generator)
    case 1: result[position] = Array("*$:+-0123456789\r\n".utf8).randomElement(using: &generator) ?? 0
    case 2: result.remove(at: position)
    case 3: result.insert(result[position], at: position)
    case 4: result.removeSubrange(position...)
    default: result.insert(contentsOf: result[position...].prefix(8), at: position)
    }
  }
  return result
}
