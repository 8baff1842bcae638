// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedisTestSupport
import Rome
import RomeRedis
import Testing

/// Applications that share a server and a database: none sees or removes what is another's.
@Suite(.timeLimit(.minutes(2))) struct NamespaceTests {
  @Test func `namespaces that begin alike or look like keys are apart`() async throws {
    let base = "test-" + UUID().uuidString
    let namespaces = ["", "-", ":0", ":0:rows:numbers", ".", "..", "x", ":", "-1", "_1"].map { base + $0 }
    let console = try await RedisServer.shared.console()
    var stores: [RedisStore] = []
    for namespace in namespaces {
      stores.append(try await RedisStore.connect(to: .shared { $0.namespace = namespace }))
    }
    let request = LeaseRequest(
      name: "l", claimant: LeaseClaimant(high: 1, low: 1), duration: .seconds(600), patience: .zero)
    for (number, store) in stores.enumerated() {
      #expect(try await store.commit(.put(.number(1), namespaces[number])).receipt != nil)
      let entry = IndexEntry(key: Key([UInt8(number)]), columnsLength: 0)
      #expect(try await store.commit(Commit(writes: [.putEntry(.index("i", of: "numbers"), entry)])).receipt != nil)
      #expect(try await store.reserveIDs("s", count: number + 1) == 1...Int64(number + 1))
      guard case .granted = try await store.acquireLease(request) else {
        Issue.record("the lock of another namespace is in the way")
        return
      }
    }
    // Glob characters in a key of a namespace are not those of a pattern either.
    #expect(try await stores[0].commit(Commit(writes: [.putRow(.init(table: "*", key: .first), [1])])).receipt != nil)
    for (number, store) in stores.enumerated() {
      #expect(try await store.text(.number(1)) == namespaces[number])
      #expect(try await store.scan([Scan(.index("i", of: "numbers"))])[0].entries.map(\.key) == [Key([UInt8(number)])])
      #expect(try await store.eraseNamespace() > 0)
      await store.close()
      // What is erased is gone, and nothing else is.
      for (other, namespace) in namespaces.enumerated() {
        let count = try console.run("HLEN", "{\(namespace):0}:rows:numbers").number
        #expect(count == (other > number ? 1 : 0), "\(namespace) after \(namespaces[number])")
      }
    }
  }

  @Test(arguments: ["*", "?", "[a-z]", "a*", "{a}", "a}", "a b", "a\n", "a\0", "", "\u{E9}", "a\\", "a'", "a\""])
  func `a namespace that could be a pattern, or end early, is refused`(namespace: String) {
    let error = #expect(throws: StoreError.self) { try RedisStore(RedisConfiguration(namespace: namespace)) }
    #expect(error?.code == .refused)
  }
}
