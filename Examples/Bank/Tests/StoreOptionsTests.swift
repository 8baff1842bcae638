// SPDX-License-Identifier: Apache-2.0

import BankKit
import ExampleSupport
import RedisTestSupport
import Rome
import RomeRedis
import Testing

/// What all examples share.
struct StoreOptionsTests {
  private func problem(of url: String) async -> String? {
    let problem = await #expect(throws: StoreProblem.self) {
      try await StoreOptions(redis: url).withStore(of: "test", erasing: true) { _ in }
    }
    return problem?.description
  }

  @Test func `without a server the data are in memory`() async throws {
    let isInMemory = try await StoreOptions(redis: nil).withStore(of: "test", erasing: true) { $0 is MemoryStore }
    #expect(isInMemory)
  }

  @Test func `data of an example are in a namespace of their own, unless the URL names one`() async throws {
    let url = try await RedisServer.shared.url
    func namespace(_ url: String) async throws -> String? {
      try await StoreOptions(redis: url).withStore(of: "test", erasing: false) { store in
        (store as? RedisStore)?.configuration.namespace
      }
    }
    #expect(try await namespace(url) == "rome-examples-test")
    #expect(try await namespace(url + "?timeout=3") == "rome-examples-test")
    #expect(try await namespace(url + "?namespace=mine") == "mine")
    #expect(try await namespace(url + "?namespace=rome") == "rome")
  }

  @Test func `an earlier run is erased or kept`() async throws {
    try await withNamespace { url in
      func accounts(erasing: Bool) async throws -> Int {
        try await StoreOptions(redis: url).withStore(of: "test", erasing: erasing) { store in
          let number = try await RomeSession(store).query(Account.self).count()
          try await AccountBook(store).open(number + 1, deposit: 1)
          return number
        }
      }
      var numbers: [Int] = []
      for erasing in [false, false, true, false] { numbers.append(try await accounts(erasing: erasing)) }
      #expect(numbers == [0, 1, 0, 1])
    }
  }

  @Test func `the store is closed when the work is done, and when it has failed`() async throws {
    struct Failure: Error {}
    let url = try await RedisServer.shared.url
    var stores: [any Store] = []
    try await StoreOptions(redis: url).withStore(of: "test", erasing: false) { stores.append($0) }
    await #expect(throws: Failure.self) {
      try await StoreOptions(redis: url).withStore(of: "test", erasing: false) { store in
        stores.append(store)
        throw Failure()
      }
    }
    #expect(stores.count == 2)
    for store in stores {
      let error = await #expect(throws: StoreError.self) { _ = try await store.resolve(.random()) }
      #expect(error?.code == .closed)
    }
  }

  @Test func `a wrong password is said without it`() async throws {
    let server = try await RedisServer.started(RedisServer.Options(password: "right"))
    let text = try #require(await problem(of: server.url(user: "", password: "wrong-secret")))
    #expect(text.contains("127.0.0.1:\(server.port)"))
    #expect(text.contains("password"))
    #expect(!text.contains("wrong-secret"))
    #expect(await problem(of: "redis://127.0.0.1:\(server.port)")?.contains("password") == true)
    try await server.close()
  }

  @Test func `a wrong URL and a wrong database are said`() async throws {
    let url = try await RedisServer.shared.url
    #expect(await problem(of: "http://127.0.0.1")?.contains("A URL looks like") == true)
    #expect(await problem(of: "")?.contains("A URL looks like") == true)
    #expect(await problem(of: url + "/99")?.contains("no database 99") == true)
  }
}
