// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import Testing

/// What the script of a commit leaves out of its work when the checks allow it, and what it must do all the same.
@Suite(.timeLimit(.minutes(2))) struct CommitScriptTests {
  private func shared() async throws -> RedisStore {
    try await RedisStore.connect(to: .shared())
  }

  /// The keys that the table lists, and whether they agree with the rows.
  private func expectListed(_ numbers: Set<Int>, in store: RedisStore) async throws {
    let entries = try await store.scan([Scan(.rows("numbers"), fetch: .entries)])[0].entries
    #expect(Set(entries.map { String(decoding: $0.key.bytes, as: UTF8.self) }) == Set(numbers.map(String.init)))
    let problems = try await store.inspectLayout(of: .rows("numbers"), from: nil, limit: 1000).problems
    #expect(problems.isEmpty, "\(problems)")
  }

  @Test func `a row that is removed and put again by one commit is listed`() async throws {
    let store = try await shared()
    let first = try #require(try await store.commit(.put(.number(1), "first")).receipt)
    let commit = Commit(
      checks: [.row(.number(1), version: first.revision)],
      writes: [.deleteRow(.number(1)), .putRow(.number(1), Array("second".utf8))])
    #expect(try await store.commit(commit).receipt != nil)
    #expect(try await store.text(.number(1)) == "second")
    try await expectListed([1], in: store)
    try await store.eraseNamespace()
    await store.close()
  }

  @Test func `new rows are listed among rows that a check has found, in whatever order they come`() async throws {
    let store = try await shared()
    let old = Commit(writes: [2, 4, 6].map { .putRow(.number($0), [0]) })
    let receipt = try #require(try await store.commit(old).receipt)
    func changing(_ checked: [Int], _ written: [Int]) -> Commit {
      Commit(
        checks: checked.map { .row(.number($0), version: receipt.revision) },
        writes: written.map { .putRow(.number($0), [1]) })
    }
    #expect(try await store.commit(changing([2], [1, 2, 3])).receipt != nil)
    try await expectListed([1, 2, 3, 4, 6], in: store)
    #expect(try await store.commit(changing([4, 6], [6, 4])).receipt != nil)
    try await expectListed([1, 2, 3, 4, 6], in: store)
    // A check of the same key in another table proves nothing.
    let other = RowAddress(table: "others", key: RowAddress.number(9).key)
    let version = try #require(try await store.commit(.put(other, "x")).receipt).revision
    let commit = Commit(checks: [.row(other, version: version)], writes: [.putRow(.number(9), [1])])
    #expect(try await store.commit(commit).receipt != nil)
    try await expectListed([1, 2, 3, 4, 6, 9], in: store)
    try await store.eraseNamespace()
    await store.close()
  }

  @Test(arguments: [true, false])
  func `a commit that comes again is not applied again, whether its checks hold or not`(holds: Bool) async throws {
    let store = try await shared()
    let commit = Commit(
      checks: [.row(.number(1), version: nil)],
      writes: [.putRow(.number(holds ? 2 : 1), [1]), .advanceSequence("s", past: 4)])
    let receipt = try #require(try await store.commit(commit).receipt)
    _ = try await store.commit(.put(.number(holds ? 2 : 1), "later"))
    #expect(try await store.commit(commit).receipt == receipt)
    #expect(try await store.text(.number(holds ? 2 : 1)) == "later")
    try await store.eraseNamespace()
    await store.close()
  }

  @Test(arguments: ["hset", "zrem"])
  func `a commit that fails half way does not count as applied`(right: String) async throws {
    let configuration = try await RedisConfiguration.shared()
    let user = "torn-\(right)"
    let console = try await RedisServer.shared.console()
    try console.run("ACL", "SETUSER", user, "reset", "on", ">secret", "~*", "+@all")
    var own = configuration
    own.user = user
    own.password = "secret"
    let store = try await RedisStore.connect(to: own)
    let entry = IndexEntry(key: Key([1, 2]), columnsLength: 1)
    #expect(
      try await store.commit(Commit(writes: [.putEntry(.index("i", of: "numbers"), entry)])).receipt != nil)
    // The store has looked at its rights when it was connected.
    try console.run("ACL", "SETUSER", user, "-\(right)")
    let commit = Commit(
      writes: [.putRow(.number(1), [1]), .deleteEntry(.index("i", of: "numbers"), entry)])
    #expect(try await store.commit(commit).doubt?.code == .corrupt)
    #expect(try await store.resolve(commit.id) == .notCommitted)
    await store.close()
    let other = try await RedisStore.connect(to: configuration)
    try await other.eraseNamespace()
    await other.close()
    try console.run("ACL", "DELUSER", user)
  }
}
