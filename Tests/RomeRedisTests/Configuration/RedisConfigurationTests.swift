// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeRedis
import Testing

@Suite(.timeLimit(.minutes(2))) struct RedisConfigurationTests {
  @Test func `nothing that shows a configuration shows its password`() throws {
    let secret = "hunter2secret"
    let configuration = RedisConfiguration(user: "app", password: secret, database: 3, namespace: "shop")
    var texts = [
      configuration.description, String(describing: configuration), String(reflecting: configuration),
      "\(configuration)", "\(Optional(configuration) as Any)", "\([configuration])",
    ]
    var dumped = ""
    dump(configuration, to: &dumped)
    texts.append(dumped)
    let store = try RedisStore(configuration)
    dumped = ""
    dump(store, to: &dumped)
    texts.append(dumped)
    texts.append(String(reflecting: Mirror(reflecting: configuration).children.map(\.value)))
    texts.append(String(reflecting: Mirror(reflecting: store).children.map(\.value)))
    for text in texts { #expect(!text.contains(secret), "\(text)") }
    #expect(configuration.description.contains("127.0.0.1:6379"))
    #expect(configuration.description.contains("shop") && configuration.description.contains("app"))
    #expect(RedisAddress.tcp(host: "::1", port: 1).description == "[::1]:1")
    #expect(RedisAddress.unix(path: "/a").description == "/a")
  }

  /// A change of a configuration that can't work.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout RedisConfiguration) -> Void

    init(_ description: String, _ change: @escaping @Sendable (inout RedisConfiguration) -> Void) {
      testDescription = description
      self.change = change
    }
  }

  static let wrong = [
    Wrong("namespace") { $0.namespace = "" }, Wrong("namespace") { $0.namespace = "a{b" },
    Wrong("namespace") { $0.namespace = "ä" }, Wrong("namespace") { $0.namespace = "a*" },
    Wrong("client name") { $0.clientName = "a b" }, Wrong("client name") { $0.clientName = "a\nb" },
    Wrong("database") { $0.database = -1 }, Wrong("user") { $0.user = "u" },
    Wrong("host") { $0.address = .tcp(host: "", port: 1) },
    Wrong("host") { $0.address = .tcp(host: "a\0b", port: 1) },
    Wrong("port") { $0.address = .tcp(host: "a", port: 0) },
    Wrong("path") { $0.address = .unix(path: "") },
    Wrong("path") { $0.address = .unix(path: String(repeating: "x", count: 104)) },
    Wrong("time") { $0.requestTimeout = .zero }, Wrong("time") { $0.connectTimeout = .seconds(-1) },
    Wrong("time") { $0.commitMemory = .zero }, Wrong("time") { $0.reconnectDelay = .zero...(.seconds(1)) },
    Wrong("limit") { $0.maximumRequestsInFlight = 0 }, Wrong("limit") { $0.maximumBytesInFlight = 0 },
    Wrong("limit") { $0.maximumWaitingRequests = 0 }, Wrong("limit") { $0.maximumReplyBytes = 0 },
    Wrong("limit") { $0.maximumCommitBytes = 0 }, Wrong("limit") { $0.maximumRowBytes = 0 },
    Wrong("limit") { $0.pageEntries = 0 }, Wrong("limit") { $0.pageBytes = -1 },
    Wrong("limit") { $0.rememberedCommits = 0 },
  ]

  @Test(arguments: wrong)
  func `a setting that can't work is refused by its name`(_ wrong: Wrong) {
    var configuration = RedisConfiguration(password: nil)
    wrong.change(&configuration)
    let error = #expect(throws: StoreError.self) { try RedisStore(configuration) }
    #expect(error?.code == .refused)
    #expect(error?.message.contains(wrong.testDescription) == true, "\(error?.message ?? "")")
  }

  @Test func `settings without a bound do no harm`() async throws {
    let endless = Duration.seconds(Int64.max)
    let store = try await RedisStore.connect(
      to: .shared {
        $0.requestTimeout = endless
        $0.connectTimeout = endless
        $0.closeTimeout = endless
        $0.commitMemory = endless
        $0.maximumRequestsInFlight = .max
        $0.maximumBytesInFlight = .max
        $0.maximumWaitingRequests = .max
        $0.maximumReplyBytes = .max
        $0.maximumCommitBytes = .max
        $0.maximumRowBytes = .max
        $0.pageEntries = .max
        $0.pageBytes = .max
        $0.rememberedCommits = .max
      })
    for round in 1...40 { #expect(try await store.commit(.put(.number(round), "\(round)")).receipt != nil) }
    for fetch in [Scan.Fetch.rows, .entries] {
      let page = try await store.scan([Scan(.rows("numbers"), limit: .max, fetch: fetch)])[0]
      #expect(page.entries.count == 40 && !page.isTruncated)
    }
    let commit = Commit.put(.number(1), "x")
    let receipt = try #require(try await store.commit(commit).receipt)
    #expect(try await store.resolve(commit.id) == .committed(receipt))
    try await store.eraseNamespace()
    await store.close()
  }
}
