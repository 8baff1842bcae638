// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import Testing

/// How long commits are remembered, and what is said of those that are not.
@Suite(.timeLimit(.minutes(2))) struct CommitMemoryTests {
  private func remembered(_ configuration: RedisConfiguration) async throws -> Int {
    try await RedisServer.shared.console().run("ZCARD", "{\(configuration.namespace):0}:commits").number ?? -1
  }

  @Test func `the newest commits are remembered, and of the others the truth is not guessed`() async throws {
    let configuration = try await RedisConfiguration.shared { $0.rememberedCommits = 10 }
    let store = try await RedisStore.connect(to: configuration)
    var receipts: [CommitReceipt] = []
    for number in 1...50 { receipts.append(try #require(try await store.commit(.put(.number(number), "x")).receipt)) }
    #expect(try await remembered(configuration) == 10)
    for receipt in receipts.suffix(10) { #expect(try await store.resolve(receipt.id) == .committed(receipt)) }
    for receipt in receipts.dropLast(10) { #expect(try await store.resolve(receipt.id) == .forgotten) }
    // The same commit again is not applied twice as long as it is remembered.
    let last = try #require(receipts.last)
    #expect(try await store.commit(Commit(id: last.id, writes: [.putRow(.number(50), [1])])).receipt == last)
    // An id that was never heard of may be one that was forgotten.
    let other = try await RedisStore.connect(to: configuration)
    #expect(try await other.resolve(.random()) == .forgotten)
    try await store.eraseNamespace()
    await store.close()
    await other.close()
  }

  @Test func `commits are forgotten after their time, and refused ones are not`() async throws {
    let configuration = try await RedisConfiguration.shared { $0.commitMemory = .microseconds(1) }
    let store = try await RedisStore.connect(to: configuration)
    let refused = CommitID.random()
    #expect(try await store.resolve(refused) == .notCommitted)
    var receipts: [CommitReceipt] = []
    // The old ones go at each 32nd revision on average.
    while true {
      let count = try await remembered(configuration)
      if receipts.count > 40, count < 35 { break }
      receipts.append(try #require(try await store.commit(.put(.number(1), "\(receipts.count)")).receipt))
      try #require(receipts.count < 5000)
    }
    #expect(try await store.resolve(receipts[0].id) == .forgotten)
    #expect(
      await storeError { try await store.commit(Commit(id: refused, writes: [.putRow(.number(2), [2])])) }?.code
        == .refused)
    #expect(try await store.text(.number(2)) == nil)
    try await store.eraseNamespace()
    await store.close()
  }

  @Test(arguments: [true, false])
  func `a commit in doubt that was never applied is settled, whatever was forgotten since`(
    isFirst: Bool
  ) async throws {
    let rig = try await ProxiedStore { $0.rememberedCommits = 5 }
    var configuration = rig.direct.configuration
    configuration.rememberedCommits = 5
    let other = try await RedisStore.connect(to: configuration)
    // Something was forgotten before this store was connected.
    for number in 1...20 { _ = try await other.commit(.put(.number(number), "x")) }
    rig.proxy.cutAll()
    try await eventually("it connects again") { rig.log.connections == 2 }
    if !isFirst { _ = try await rig.store.commit(.put(.number(100), "x")) }
    rig.next("EVALSHA", .cutBefore())
    let lost = Commit.put(.number(101), "lost")
    #expect(try await rig.store.commit(lost).doubt != nil)
    #expect(try await rig.store.resolve(lost.id) == .notCommitted)
    // The store knows that its commit would be newer than all that were forgotten, and nobody else does.
    rig.next("EVALSHA", .cutAfter())
    let applied = Commit.put(.number(102), "applied")
    #expect(try await rig.store.commit(applied).doubt != nil)
    for number in 1...20 { _ = try await other.commit(.put(.number(number), "y")) }
    #expect(try await rig.store.resolve(applied.id) == .forgotten)
    #expect(try await rig.store.text(.number(102)) == "applied")
    await other.close()
    await rig.close()
  }
}
