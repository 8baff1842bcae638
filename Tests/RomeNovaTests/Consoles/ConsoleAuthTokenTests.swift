// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct ConsoleAuthTokenTests {
  private let noon = Date(timeIntervalSince1970: 1_456_833_600.5)

  private func token(
    _ hash: String, instance: String = "i", host: String = "h", lifetime: Int = 10
  ) -> NovaValues<ConsoleAuthToken> {
    NovaValues {
      $0.tokenHash = hash
      $0.consoleType = "novnc"
      $0.host = host
      $0.port = 5900
      $0.instanceUUID = instance
      $0.expires = 1_456_833_600 + lifetime
    }
  }

  /// The hashes of the tokens that are there.
  private func hashes(_ nova: NovaDatabase) async throws -> [String] {
    try await RomeSession(nova.store).select(ConsoleAuthToken.tokenHash).order(by: ConsoleAuthToken.tokenHash).all()
  }

  @Test(arguments: TestStoreKind.all)
  func `A token is valid until it lapses`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(noon)
    try await nova.addInstances("i")
    let created = try await nova.consoleAuthTokenCreate(.admin, values: token("t"))
    let valid = try await nova.consoleAuthTokenGetValid(.admin, tokenHash: "t", instanceUUID: "i")
    #expect(valid?.columns == created.columns && valid?.createdAt == noon)
    #expect(try await nova.consoleAuthTokenGetValid(.admin, tokenHash: "x", instanceUUID: "i") == nil)
    let late = nova.at(noon + 10)
    #expect(try await late.consoleAuthTokenGetValid(.admin, tokenHash: "t", instanceUUID: "i") == nil)
    #expect(try await late.consoleAuthTokenGetValid(.admin, tokenHash: "t") == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `A token is for a live instance of the caller's project`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(noon)
    try await nova.addInstances("i", "j")
    _ = try await nova.consoleAuthTokenCreate(.of("p"), values: token("t"))
    #expect(try await nova.consoleAuthTokenGetValid(.admin, tokenHash: "t", instanceUUID: "j") == nil)
    await expectError(.instanceNotFound, ["instance_id": "i"]) {
      _ = try await nova.consoleAuthTokenCreate(.of("q"), values: token("x"))
    }
    await expectError(.instanceNotFound, ["instance_id": "i"]) {
      _ = try await nova.consoleAuthTokenGetValid(.of("q"), tokenHash: "t", instanceUUID: "i")
    }
    try await nova.deleteInstance("i")
    await expectError(.instanceNotFound) {
      _ = try await nova.consoleAuthTokenGetValid(.admin, tokenHash: "t", instanceUUID: "i")
    }
    #expect(try await nova.consoleAuthTokenGetValid(.admin, tokenHash: "t")?.instanceUUID == "i")
  }

  @Test(arguments: TestStoreKind.all)
  func `Two tokens never have the same hash`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(noon)
    try await nova.addInstances("i")
    let created = await successes(of: 8) { _ in
      _ = try await nova.consoleAuthTokenCreate(.admin, values: self.token("t"))
    }
    #expect(created == 1)
    await expectError(.dbDuplicateEntry) { _ = try await nova.consoleAuthTokenCreate(.admin, values: token("t")) }
  }

  @Test(arguments: TestStoreKind.all)
  func `Tokens are destroyed by instance, and when they have lapsed`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(noon)
    try await nova.addInstances("i", "j")
    for values in [
      token("a", instance: "j"), token("b"), token("c", lifetime: 0), token("d", host: "g", lifetime: 0), token("e"),
    ] {
      _ = try await nova.consoleAuthTokenCreate(.admin, values: values)
    }
    try await nova.consoleAuthTokenDestroyAllByInstance(.admin, instanceUUID: "j")
    #expect(try await hashes(nova) == ["b", "c", "d", "e"])
    try await nova.consoleAuthTokenDestroyExpiredByHost(.admin, host: "h")
    #expect(try await hashes(nova) == ["b", "d", "e"])
    try await nova.consoleAuthTokenDestroyExpired(.admin)
    #expect(try await hashes(nova) == ["b", "e"])
    try await expectClean(nova.store)
  }
}
