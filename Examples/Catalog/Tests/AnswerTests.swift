// SPDX-License-Identifier: Apache-2.0

import CatalogKit
import Foundation
import Rome
import Testing

@Suite struct AnswerTests {
  @Test func theSmallFileIsAnsweredAsItsLoopsSay() async throws {
    let store = MemoryStore()
    let file = try SmallStatus.file()
    _ = try await Loader(store).load(file)
    try await expectAnswers(of: store, file)
    try await expectDependents(of: file.packages.map(\.name) + ["nobody", "mta-two"], in: store, file)
  }

  /// What the loops say is computed; this is written down.
  @Test func openClausesRespectVersionsArchitecturesAndVirtualPackages() async throws {
    let store = MemoryStore()
    _ = try await Loader(store).load(SmallStatus.file())
    let queries = PackageQueries(RomeSession(store))
    let open = try await queries.openClausesByNotExists(RelationKind.strict).all().map { "\($0.0): \($0.1)" }
    #expect(
      open == [
        "dpkg: tar (>= 1.28-1)", "foreigner: python", "foreigner: tar", "mta: gone (<= 5) | older (<< 4)",
        "mta: libc:any",
        "python: self-made",
      ])
    let recommended = try await queries.openClausesByNotExists([.recommends]).all().map { "\($0.0): \($0.1)" }
    #expect(recommended == ["python: ca-certificates", "script: python-virtual (>= 1)"])
  }

  @Test func thisMachineIsAnsweredAsItsLoopsSay() async throws {
    guard FileManager.default.fileExists(atPath: StatusFile.defaultPath) else { return }
    let store = MemoryStore()
    let file = try StatusFile()
    _ = try await Loader(store).load(file)
    try await expectAnswers(of: store, file)
    try await expectDependents(of: ["libc6", "perl", "debconf", "dpkg", "base-files", "nobody"], in: store, file)
    let revision = try await store.snapshot().revision
    #expect(try await Loader(store).load(file).isUnchanged)
    #expect(try await store.snapshot().revision == revision)
  }

  @Test(arguments: [1, 2, 3, 9, 10])
  func pagesPutTogetherAreTheListing(_ size: Int) async throws {
    let store = MemoryStore()
    let file = try SmallStatus.file()
    _ = try await Loader(store).load(file)
    let session = RomeSession(store)
    var listing: [Package] = []
    while true {
      let before = session.statistics
      let page = try await PackageQueries(session).page(of: size, after: listing.last).all()
      #expect(session.statistics.since(before).roundTrips <= 2)
      #expect(page.count == min(size, file.packages.count - listing.count))
      if page.isEmpty { break }
      listing += page
    }
    #expect(Set(listing.map(\.nameAndArchitecture)).count == file.packages.count)
    let key = { (package: PackageID) in "\(package.name)" }
    #expect(listing.map(\.nameAndArchitecture).map(key) == NaiveCatalog(file).listing().map(key))
  }
}
