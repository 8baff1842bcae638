// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import Testing

/// Reads over connections that break: they are repeated where that can help.
@Suite(.timeLimit(.minutes(2))) struct ReadFaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let action: ChaosProxy.Action
    /// What the read fails with; nil when it is repeated and answered.
    var code: StoreError.Code?
  }

  static let cases = [
    Case(testDescription: "cut before the server has it", action: .cutBefore()),
    Case(testDescription: "reset before the server has it", action: .cutBefore(.reset)),
    Case(testDescription: "cut within the request", action: .cutRequest(after: 10)),
    Case(testDescription: "cut behind the request", action: .cutAtOnce()),
    Case(testDescription: "cut before the reply", action: .cutAfter()),
    Case(testDescription: "reset before the reply", action: .cutAfter(.reset)),
    Case(testDescription: "cut within the reply", action: .cutReply(after: 7)),
    Case(testDescription: "reset within the reply", action: .cutReply(after: 7, .reset)),
    Case(testDescription: "half closed", action: .halfClose),
    Case(testDescription: "no reply", action: .stallReply, code: .timedOut),
    Case(testDescription: "no request", action: .stallRequest, code: .timedOut),
    Case(testDescription: "a late reply", action: .delayReply(.seconds(60)), code: .timedOut),
    Case(testDescription: "no protocol", action: .replaceReply(Array("?\r\n".utf8)), code: .corrupt),
    Case(testDescription: "a bad number", action: .replaceReply(Array("*x\r\n".utf8)), code: .corrupt),
    Case(testDescription: "too few rows", action: .replaceReply(Array("*1\r\n$-1\r\n".utf8)), code: .corrupt),
    Case(testDescription: "a number", action: .replaceReply(Array(":7\r\n".utf8)), code: .corrupt),
    Case(testDescription: "no rows", action: .replaceReply(Array("*-1\r\n".utf8)), code: .corrupt),
    Case(
      testDescription: "a short value", action: .replaceReply(Array("*3\r\n$1\r\nx\r\n$-1\r\n$-1\r\n".utf8)),
      code: .corrupt),
    Case(
      testDescription: "an error", action: .replaceReply(Array("-ERR no such thing 'x'\r\n".utf8)), code: .refused),
    Case(testDescription: "a busy server", action: .replaceReply(Array("-BUSY wait\r\n".utf8)), code: .unavailable),
    Case(
      testDescription: "a server that loads", action: .replaceReply(Array("-LOADING wait\r\n".utf8)), code: .unavailable
    ),
  ]

  @Test(arguments: cases)
  func `a read is repeated over the next connection, or fails by itself`(_ fault: Case) async throws {
    let rig = try await ProxiedStore { $0.requestTimeout = fault.code == .timedOut ? .milliseconds(500) : .seconds(20) }
    for number in 1...2 { _ = try await rig.direct.commit(.put(.number(number), "\(number)")) }
    let addresses = [RowAddress.number(2), .number(3), .number(1)]
    let expected = try await rig.direct.texts(addresses)
    rig.next("HMGET", fault.action)
    if let code = fault.code {
      #expect(await storeError { try await rig.store.read(addresses) }?.code == code)
    } else {
      #expect(try await rig.store.texts(addresses) == expected)
    }
    // The next one is answered, whatever became of this one.
    if fault.code == .timedOut {
      try await eventually("the next one is in time") { (try? await rig.store.texts(addresses)) == expected }
    } else {
      #expect(try await rig.store.texts(addresses) == expected)
      #expect(rig.log.connections <= 2)
    }
    await rig.close()
  }

  @Test func `a scan is repeated as well`() async throws {
    for fetch in [RedisConfiguration.RowFetch.oneRoundTrip, .twoRoundTrips] {
      let rig = try await ProxiedStore { $0.rowFetch = fetch }
      for number in 1...9 { _ = try await rig.direct.commit(.put(.number(number), "\(number)")) }
      for command in ["EVALSHA", "ZRANGEBYLEX", "HMGET"] {
        rig.next(command, .cutReply(after: 20))
        let page = try await rig.store.scan([Scan(.rows("numbers"))])[0]
        #expect(
          page.rows.compactMap { $0 }.map { String(decoding: $0.bytes, as: UTF8.self) } == (1...9).map(String.init))
      }
      #expect(rig.log.disconnections == (fetch == .oneRoundTrip ? 1 : 2))
      await rig.close()
    }
  }

  @Test func `reads on the way when the connection breaks get their own answers`() async throws {
    let rig = try await ProxiedStore()
    for number in 0..<40 { _ = try await rig.direct.commit(.put(.number(number), "\(number)")) }
    let seed = UInt64.random(in: .min ... .max)
    rig.proxy.plan = .seeded(
      seed, 0.02,
      [
        "HMGET": [
          .cutBefore(), .cutBefore(.reset), .cutAfter(), .cutReply(after: 9), .cutAtOnce(), .cutRequest(after: 5),
        ]
      ]
    )
    try await inParallel(16) { task in
      for step in 0..<60 {
        let number = (task * 7 + step) % 40
        let text = try await rig.store.text(.number(number))
        #expect(text == "\(number)", "seed \(seed)")
      }
    }
    #expect(rig.log.disconnections > 0, "seed \(seed)")
    await rig.close()
  }

  @Test func `a reply that is too large fails its own request only`() async throws {
    let rig = try await ProxiedStore { $0.maximumReplyBytes = 100_000 }
    _ = try await rig.direct.commit(.put(.number(0), String(repeating: "x", count: 200_000)))
    for number in 1...10 { _ = try await rig.direct.commit(.put(.number(number), "\(number)")) }
    try await inParallel(11) { task in
      if task == 0 {
        #expect(await storeError { try await rig.store.read([.number(0)]) }?.code == .limitExceeded)
      } else {
        for _ in 0..<5 {
          let text = try await rig.store.text(.number(task))
          #expect(text == "\(task)")
        }
      }
    }
    #expect(rig.log.disconnections == 1)
    #expect(try await rig.direct.text(.number(0))?.utf8.count == 200_000)
    await rig.close()
  }

  @Test func `numbers of a sequence are taken again when the answer is lost, and never twice`() async throws {
    let rig = try await ProxiedStore()
    rig.proxy.plan = .alternating("HINCRBY", [.pass, .cutAfter(), .cutReply(after: 1), .cutBefore(), .cutAtOnce()])
    var taken: Set<Int64> = []
    for _ in 1...20 {
      for number in try await rig.store.reserveIDs("s", count: 3) { #expect(taken.insert(number).inserted) }
    }
    #expect(rig.log.disconnections > 4)
    #expect(try #require(taken.max()) > 60, "the lost ones are never handed out")
    await rig.close()
  }

  @Test func `requests behind a reply that comes too slowly have their own deadlines`() async throws {
    let rig = try await ProxiedStore { $0.requestTimeout = .milliseconds(300) }
    _ = try await rig.direct.commit(.put(.number(1), "1"))
    // All that comes behind becomes part of this reply, so bytes come all the time and no reply is ever complete.
    rig.next("HMGET", .replaceReply(Array("$1000000\r\n".utf8)))
    let ended = Counter()
    let early = (1...3).map { _ in
      Task {
        let error = await storeError { try await rig.store.read([.number(1)]) }
        ended.increment()
        return error?.code
      }
    }
    var others: [Task<Void, Never>] = []
    while (ended.value < 3 || rig.log.disconnections == 0) && others.count < 300 {
      others.append(Task { _ = try? await rig.store.read([.number(1)]) })
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(others.count < 300, "they ended while bytes came, and so did the connection that got nowhere")
    for task in early { #expect(await task.value == .timedOut) }
    for task in others { await task.value }
    try await eventually("the store goes on") { (try? await rig.store.text(.number(1))) == "1" }
    await rig.close()
  }
}
