// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct KeyPairTests {
  private func values(_ name: String, of user: String = "u") -> NovaValues<KeyPair> {
    NovaValues {
      $0.name = name
      $0.userID = user
      $0.type = "ssh"
      $0.fingerprint = "f"
      $0.publicKey = "ssh-rsa AAAA"
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A key pair is found by user and name`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let created = try await nova.keyPairCreate(.admin, values: values("a"))
    _ = try await nova.keyPairCreate(.admin, values: values("a", of: "v"))
    let found = try await nova.keyPairGet(.admin, userID: "u", name: "a")
    #expect(found.columns == created.columns && found.publicKey == "ssh-rsa AAAA" && found.type == "ssh")
    await expectError(.keypairNotFound, ["user_id": "v", "name": "b"]) {
      _ = try await nova.keyPairGet(.admin, userID: "v", name: "b")
    }
    await expectError(.forbidden) { _ = try await nova.keyPairGet(NovaContext(), userID: "u", name: "a") }
  }

  @Test(arguments: TestStoreKind.all)
  func `Of many callers who add the same key pair, one does`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    #expect(await successes(of: 16) { _ in _ = try await nova.keyPairCreate(.admin, values: self.values("a")) } == 1)
    #expect(try await nova.keyPairCountByUser(.admin, userID: "u") == 1)
    await expectError(.keyPairExists, ["key_name": "a"]) {
      _ = try await nova.keyPairCreate(.admin, values: values("a"))
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A deleted key pair is seen by those who read deleted rows, and makes room`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let created = try await nova.keyPairCreate(.admin, values: values("a"))
    try await nova.keyPairDestroy(.admin, userID: "u", name: "a")
    await expectError(.keypairNotFound) { _ = try await nova.keyPairGet(.admin, userID: "u", name: "a") }
    await expectError(.keypairNotFound) { try await nova.keyPairDestroy(.admin, userID: "u", name: "a") }
    let deleted = try await nova.keyPairGet(.admin.reading(.only), userID: "u", name: "a")
    #expect(deleted.deleted == created.id && deleted.deletedAt != nil)
    #expect(try await nova.keyPairGetAllByUser(.admin.reading(.yes), userID: "u").isEmpty)
    #expect(try await nova.keyPairCountByUser(.admin.reading(.yes), userID: "u") == 0)
    _ = try await nova.keyPairCreate(.admin, values: values("a"))
  }

  @Test(arguments: TestStoreKind.all)
  func `The key pairs of a user come by name, in pages`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for name in ["c", "a", "d", "b"] { _ = try await nova.keyPairCreate(.admin, values: values(name)) }
    _ = try await nova.keyPairCreate(.admin, values: values("e", of: "v"))
    func names(limit: Int? = nil, after marker: String? = nil) async throws -> [String] {
      try await nova.keyPairGetAllByUser(.admin, userID: "u", limit: limit, marker: marker).map(\.name)
    }
    #expect(try await names() == ["a", "b", "c", "d"])
    #expect(try await names(limit: 2) == ["a", "b"])
    #expect(try await names(limit: 2, after: "b") == ["c", "d"])
    #expect(try await names(after: "d") == [])
    #expect(try await names(limit: 0) == [])
    await expectError(.markerNotFound, ["marker": "e"]) { _ = try await names(after: "e") }
  }
}
