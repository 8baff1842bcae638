// SPDX-License-Identifier: Apache-2.0

import CatalogKit
import Foundation
import RedisTestSupport
import Rome
import RomeRedis
import Testing

/// The tour tells the same on every store, but for what it costs.
struct TourTests {
  /// What a tour has told, without the costs.
  private func told(by store: any Store, package: String, pageSize: Int) async throws -> [String] {
    var told: [String] = []
    let tour = Tour(RomeSession(store), isExplaining: true) { event in
      switch event {
      case .answer(let answer):
        told.append(answer.title)
        told += answer.rows.map { "  " + $0.joined(separator: "\t") }
        #expect(answer.plan.map { $0.resultCount == answer.rows.count } ?? true)
      case .remark(let text): told.append(text)
      }
    }
    try await tour.run(package: package, pageSize: pageSize)
    return told
  }

  private func withRedis(_ fetch: RedisConfiguration.RowFetch, _ body: (RedisStore) async throws -> Void) async throws {
    var configuration = try RedisConfiguration(url: await RedisServer.shared.url)
    configuration.namespace = "catalog-" + UUID().uuidString
    configuration.rowFetch = fetch
    let store = try await RedisStore.connect(to: configuration)
    try await body(store)
    try await store.eraseNamespace()
    await store.close()
  }

  private func expectSameTours(
    _ file: StatusFile, package: String, pageSize: Int, _ fetch: RedisConfiguration.RowFetch
  )
    async throws
  {
    let memory = MemoryStore()
    _ = try await Loader(memory).load(file)
    let expected = try await told(by: memory, package: package, pageSize: pageSize)
    try await withRedis(fetch) { redis in
      _ = try await Loader(redis).load(file)
      #expect(try await told(by: redis, package: package, pageSize: pageSize) == expected)
      // What was loaded stays, and is not loaded again.
      #expect(try await Loader(redis).load(file).isUnchanged)
      #expect(try await told(by: redis, package: package, pageSize: pageSize) == expected)
      #expect(try await redis.verify().isClean)
    }
  }

  @Test(arguments: [RedisConfiguration.RowFetch.oneRoundTrip, .twoRoundTrips], [1, 4, 9, 20])
  func `memory and Redis tell the same of the small file`(
    fetch: RedisConfiguration.RowFetch, pageSize: Int
  ) async throws {
    try await expectSameTours(SmallStatus.file(), package: "libc", pageSize: pageSize, fetch)
  }

  @Test func `memory and Redis tell the same of this machine`() async throws {
    guard FileManager.default.fileExists(atPath: StatusFile.defaultPath) else { return }
    try await expectSameTours(StatusFile(), package: "libc6", pageSize: 50, .oneRoundTrip)
  }

  @Test func `Redis answers as the loops over the file say`() async throws {
    let file = try SmallStatus.file()
    try await withRedis(.oneRoundTrip) { redis in
      _ = try await Loader(redis, batchSize: 2).load(file)
      try await expectAnswers(of: redis, file)
      try await expectDependents(of: file.packages.map(\.name), in: redis, file)
    }
  }
}
