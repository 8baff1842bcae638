// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct CertificateTests {
  @Test(arguments: TestStoreKind.all)
  func `Certificates are found by user, by project, and by both`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for (user, project) in [("u", "p"), ("u", "q"), ("v", "p"), ("u", "p")] {
      let added = try await nova.certificateCreate(
        .admin,
        values: NovaValues {
          $0.userID = user
          $0.projectID = project
          $0.fileName = "cert.pem"
        })
      #expect(added.fileName == "cert.pem" && added.createdAt != nil)
    }
    #expect(try await nova.certificateGetAllByUser(.admin, userID: "u").map(\.id) == [1, 2, 4])
    #expect(try await nova.certificateGetAllByProject(.admin, projectID: "p").map(\.id) == [1, 3, 4])
    let both = try await nova.certificateGetAllByUserAndProject(.admin, userID: "u", projectID: "p")
    #expect(both.map(\.id) == [1, 4])
  }

  @Test(arguments: TestStoreKind.all)
  func `Deleted certificates are not found, whatever the caller wants to see`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    try await nova.add(Certificate(userID: "u", projectID: "p"))
    let session = RomeSession(nova.store)
    try await session.query(Certificate.self).softDelete()
    try await session.commit()
    #expect(try await nova.certificateGetAllByUser(.admin.reading(.yes), userID: "u").isEmpty)
    #expect(try await nova.certificateGetAllByProject(.admin.reading(.yes), projectID: "p").isEmpty)
  }
}
