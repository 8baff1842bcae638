// SPDX-License-Identifier: Apache-2.0

import CatalogKit
import Foundation
import Rome
import RomeTesting
import Testing

@Suite struct LoadingTests {
  private struct Stopped: Error {}

  @Test func loadingTwiceChangesNothing() async throws {
    let store = MemoryStore()
    let file = try SmallStatus.file()
    let first = try await Loader(store).load(file)
    #expect(first.inserted == 9 && first.packages == 9 && !first.isUnchanged)
    let revision = try await store.snapshot().revision
    let before = try await counts(in: store)
    let second = try await Loader(store).load(file)
    #expect("\(second)" == "0 inserted, 0 changed, 9 unchanged, 0 deleted")
    #expect(second.isUnchanged)
    #expect(try await counts(in: store) == before)
    #expect(try await store.snapshot().revision == revision)
  }

  @Test(arguments: [1, 2, 4, 100])
  func theSizeOfTheBatchesChangesNothing(_ size: Int) async throws {
    let file = try SmallStatus.file()
    let store = MemoryStore()
    _ = try await Loader(store, batchSize: size).load(file)
    try await expectAnswers(of: store, file)
    let whole = MemoryStore()
    _ = try await Loader(whole).load(file)
    #expect(try await contents(of: store) == contents(of: whole))
  }

  @Test(arguments: [1, 2, 3, 4])
  func aLoaderThatWasStoppedIsFinishedByTheNext(_ batches: Int) async throws {
    let store = MemoryStore()
    let file = try SmallStatus.file()
    var calls = 0
    await #expect(throws: Stopped.self) {
      _ = try await Loader(store, batchSize: 2).load(file) { _ in
        calls += 1
        if calls == batches { throw Stopped() }
      }
    }
    #expect(try await RomeSession(store).query(Package.self).count() == batches * 2)
    let report = try await Loader(store, batchSize: 2).load(file)
    #expect(report.unchanged == batches * 2 && report.inserted == 9 - batches * 2)
    try await expectAnswers(of: store, file)
    try await expectDependents(of: file.packages.map(\.name), in: store, file)
  }

  @Test func onlyWhatDiffersIsWritten() async throws {
    let store = MemoryStore()
    _ = try await Loader(store).load(SmallStatus.file())
    let session = RomeSession(store)
    let tar = try await session.query(Package.self).filter(Package.name == "tar").one()
    let libc = try await session.query(Package.self).filter(Package.name == "libc").all()
    let versions = (tar.entityState.version, libc.map(\.entityState.version))
    let file = try SmallStatus.parse(
      SmallStatus.text.replacingOccurrences(of: "Installed-Size: 3000", with: "Installed-Size: 3001"))
    let report = try await Loader(store).load(file)
    #expect("\(report)" == "0 inserted, 1 changed, 8 unchanged, 0 deleted")
    session.expireAll()
    try await session.refresh([tar] + libc)
    #expect(tar.installedSize == 3001)
    #expect(tar.entityState.version != versions.0)
    #expect(libc.map(\.entityState.version) == versions.1)
    try await expectAnswers(of: store, file)
  }

  @Test(arguments: [
    ("Version: 1.28-1~", "Version: 1.28-1"), ("Depends: dpkg, tar, libc, python", "Depends: tar"),
    ("Provides: self-made", "Homepage: none"), ("Multi-Arch: foreign", "Multi-Arch: same"),
    ("Maintainer: One <one@example.org>", "Maintainer: Two <two@example.org>"),
    ("Depends: tar (>= 1.28-1)", "Depends: tar (<= 2)"),
    ("Status: install ok triggers-pending", "Status: purge ok half-configured"),
    ("Architecture: all", "Architecture: i386"),
  ])
  func aChangedFileIsFollowed(_ old: String, _ new: String) async throws {
    let store = MemoryStore()
    _ = try await Loader(store).load(SmallStatus.file())
    let text = SmallStatus.text.replacingOccurrences(of: old, with: new)
    try #require(text != SmallStatus.text)
    let file = try SmallStatus.parse(text)
    let report = try await Loader(store).load(file)
    #expect(!report.isUnchanged)
    try await expectAnswers(of: store, file)
    try await expectDependents(of: file.packages.map(\.name), in: store, file)
    let fresh = MemoryStore()
    _ = try await Loader(fresh).load(file)
    #expect(try await contents(of: store) == contents(of: fresh))
    #expect(try await counts(in: store) == counts(in: fresh))
    #expect(try await Loader(store).load(file).isUnchanged)
  }

  @Test func removedPackagesTakeAlongWhatBelongsToThem() async throws {
    let store = MemoryStore()
    _ = try await Loader(store).load(SmallStatus.file())
    let paragraphs = SmallStatus.text.components(separatedBy: "\n\n").filter { !$0.contains("Maintainer: Libc") }
    let file = try SmallStatus.parse(paragraphs.joined(separator: "\n\n"))
    let report = try await Loader(store).load(file)
    #expect("\(report)" == "0 inserted, 0 changed, 6 unchanged, 3 deleted")
    try await expectAnswers(of: store, file)
    let session = RomeSession(store)
    #expect(try await session.query(Maintainer.self).filter(Maintainer.name == "Libc <libc@example.org>").count() == 0)
    #expect(try await session.query(Provision.self).filter(Provision.name == "self-made").count() == 0)
    _ = try await Loader(store).load(SmallStatus.parse(""))
    #expect(try await counts(in: store) == [0, 0, 0, 0, 0, 0])
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func anyHistoryOfFilesEndsAsTheLastOne(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let store = MemoryStore()
    var file = try SmallStatus.file()
    for _ in 0..<8 {
      let all = SmallStatus.text.components(separatedBy: "\n\n")
      var paragraphs = all.filter { _ in random.chance(0.7) }.map { paragraph in
        random.chance(0.2) ? paragraph.replacingOccurrences(of: "Depends: ", with: "Suggests: mta | ") : paragraph
      }
      paragraphs = paragraphs.map {
        random.chance(0.2) ? $0.replacingOccurrences(of: "\nVersion: ", with: "\nVersion: 9:") : $0
      }
      // A package that has both fields would have one of them twice.
      paragraphs.removeAll { $0.components(separatedBy: "\nSuggests:").count > 2 }
      file = try SmallStatus.parse(paragraphs.joined(separator: "\n\n"))
      let size = Int.random(in: 1...5, using: &random)
      if random.chance(0.3) {
        _ = try? await Loader(store, batchSize: size).load(file) { _ in throw Stopped() }
      } else {
        _ = try await Loader(store, batchSize: size).load(file)
      }
    }
    _ = try await Loader(store).load(file)
    let fresh = MemoryStore()
    _ = try await Loader(fresh).load(file)
    #expect(try await contents(of: store) == contents(of: fresh), "seed \(seed)")
    try await expectAnswers(of: store, file)
  }

  @Test func aBatchCostsTheSameRoundTripsWhateverItsSize() async throws {
    let whole = try SmallStatus.file()
    let part = try SmallStatus.parse(
      SmallStatus.text.components(separatedBy: "\n\n").prefix(3).joined(separator: "\n\n"))
    var costs: [Int] = []
    for file in [whole, part] {
      let store = FaultyStore(MemoryStore())
      _ = try await Loader(store).load(file)
      store.resetCounts()
      #expect(try await Loader(store).load(file).isUnchanged)
      costs.append(store.counts.roundTrips)
      #expect(store.counts[.commit] == 0)
    }
    #expect(costs[0] == costs[1])
  }

  @Test(arguments: [Fault.loseRequest, .loseAnswer])
  func aConnectionThatIsLostAtAnyCallLeavesWhatTheNextLoadFinishes(_ fault: Fault) async throws {
    let file = try SmallStatus.file()
    let counting = FaultyStore(MemoryStore())
    _ = try await Loader(counting, batchSize: 4).load(file)
    let calls = counting.callCount
    let whole = try await contents(of: counting)
    for number in 1...calls {
      let store = FaultyStore(MemoryStore(), plan: .at(number, fault))
      _ = try? await Loader(store, batchSize: 4).load(file)
      store.plan = .none
      _ = try await Loader(store, batchSize: 4).load(file)
      #expect(try await contents(of: store) == whole, "call \(number)")
      let report = try await store.verify()
      #expect(report.isClean, "call \(number): \(report)")
    }
  }
}
