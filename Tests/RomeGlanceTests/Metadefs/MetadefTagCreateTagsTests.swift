// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import RomeTesting
import Testing

@Suite struct MetadefTagCreateTagsTests {
  private func tags(_ names: [String]) -> [GlanceValue] { names.map { ["name": .string($0)] } }

  private func stored(_ glance: GlanceDatabase) async throws -> [String] {
    try await glance.metadefTagGetAll(.admin, namespaceName: "n1", sortKey: "created_at").map(\.name)
  }

  @Test(arguments: TestDatabase.all)
  func `a list replaces all tags, those of the same name too`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeNamespace("n1")
    let first = try await glance.metadefTagCreateTags(
      .tenant("t1"), namespaceName: "n1", tagList: tags(["b", "a", "c"]))
    #expect(first.map(\.name) == ["b", "a", "c"])
    #expect(try await stored(glance) == ["b", "a", "c"])
    let second = try await glance.metadefTagCreateTags(.admin, namespaceName: "n1", tagList: tags(["d", "a"]))
    #expect(try await stored(glance) == ["d", "a"])
    #expect(Set(second.map(\.id)).isDisjoint(with: first.map(\.id)), "they are new rows")
    #expect(try await glance.metadefTagGet(.admin, namespaceName: "n1", name: "a") == second[1])
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `a list that can't be stored leaves the old tags`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeNamespace("n1")
    let old = try await glance.metadefTagCreateTags(.admin, namespaceName: "n1", tagList: tags(["a", "b"]))
    let cases: [([GlanceValue], GlanceError.Code)] = [
      (tags(["x", "y", "x"]), .metadefDuplicateTag), (["x"], .attributeError), ([["bogus": "x"]], .rpc),
      ([["name": "x"], ["name": nil]], .rpc),
    ]
    for (list, code) in cases {
      await expectError(code) {
        _ = try await glance.metadefTagCreateTags(.admin, namespaceName: "n1", tagList: list)
      }
      #expect(try await glance.metadefTagGetAll(.admin, namespaceName: "n1", sortKey: "created_at") == old)
    }
    try await expectClean(glance)
  }

  @Test func `an empty list does nothing, whatever the namespace`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await glance.makeNamespace("n1")
    let old = try await glance.metadefTagCreateTags(.admin, namespaceName: "n1", tagList: tags(["a"]))
    for name in ["n1", "n9"] {
      #expect(try await glance.metadefTagCreateTags(.admin, namespaceName: name, tagList: []).isEmpty)
    }
    #expect(try await glance.metadefTagGetAll(.admin, namespaceName: "n1", sortKey: "id") == old)
  }

  @Test func `characters of four bytes are let through, as in Glance`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await glance.makeNamespace("n1")
    _ = try await glance.metadefTagCreateTags(.admin, namespaceName: "n1", tagList: tags(["\u{1F47D}"]))
    #expect(try await stored(glance) == ["\u{1F47D}"])
  }

  @Test(arguments: TestDatabase.all)
  func `whoever reads sees one whole list, and of lists at the same time one stays`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeNamespace("n1")
    @Sendable func list(_ writer: Int) -> [String] { (0..<10).map { "\(writer)-\($0)" } + ["common"] }
    _ = try await glance.metadefTagCreateTags(.admin, namespaceName: "n1", tagList: tags(list(0)))
    let lists = Set((0..<4).map { list($0) })
    let outcomes = await race(7) { number in
      if number < 4 {
        for _ in 0..<3 {
          let made = try await glance.metadefTagCreateTags(
            .admin, namespaceName: "n1", tagList: list(number).map { ["name": .string($0)] })
          #expect(made.map(\.name) == list(number))
        }
      } else {
        for _ in 0..<6 {
          let seen = try await glance.metadefTagGetAll(.admin, namespaceName: "n1", sortKey: "created_at")
          #expect(lists.contains(seen.map(\.name)), "\(seen.map(\.name))")
        }
      }
    }
    #expect(outcomes.allSatisfy { $0 == nil }, "\(outcomes)")
    #expect(lists.contains(try await stored(glance)))
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `a list of any length is one change`(_ kind: TestDatabase) async throws {
    let (glance, store) = try await kind.makeCounted()
    try await glance.makeNamespace("n1")
    _ = try await glance.metadefTagCreateTags(.admin, namespaceName: "n1", tagList: tags((0..<30).map { "\($0)" }))
    store.resetCounts()
    _ = try await glance.metadefTagCreateTags(.admin, namespaceName: "n1", tagList: tags((10..<40).map { "\($0)" }))
    #expect(store.counts[.commit] == 1)
    #expect(store.counts.roundTrips <= 4, "the namespace, the old tags, the commit, and perhaps a block of numbers")
  }
}
