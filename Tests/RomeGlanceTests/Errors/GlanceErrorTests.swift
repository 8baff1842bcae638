// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import RomeTesting
import Testing

@Suite struct GlanceErrorTests {
  @Test func `classes know their parents and their modules`() {
    let error = GlanceError(.taskNotFound, "gone")
    #expect(error.isA(.taskNotFound) && error.isA(.taskException) && error.isA(.notFound) && !error.isA(.imageNotFound))
    #expect(
      GlanceError.Code.forbiddenPublicImage.isA(.forbidden) && !GlanceError.Code.forbidden.isA(.forbiddenPublicImage))
    #expect(GlanceError.Code.metadefDuplicateTag.isA(.duplicate))
    #expect(GlanceError.Code.invalidSortKey.className == "glance.common.exception.InvalidSortKey")
    #expect(GlanceError.Code.keyError.className == "builtins.KeyError")
  }

  @Test func `a failure of the store is an RPCError that says nothing of the data`() async throws {
    let store = FaultyStore(MemoryStore())
    let glance = GlanceDatabase(store)
    try await glance.makeImage("secret-id", ["name": "secret-name"])
    store.plan = FaultPlan { _ in .refuse(StoreError(.unavailable, "no connection to 10.0.0.1")) }
    do {
      _ = try await glance.imageGet(.admin, imageID: "secret-id")
      Issue.record("no error")
    } catch {
      #expect(error.code == .rpc)
      #expect(!error.message.contains("secret") && !error.message.contains("10.0.0.1"))
    }
  }

  @Test(arguments: TestDatabase.all)
  func `who may not try again is refused, and what was refused is not done`(_ kind: TestDatabase) async throws {
    let glance = GlanceDatabase(try await kind.makeStore(), retry: .never)
    try await glance.makeImage("i1")
    let outcomes = await race(8) { number in
      _ = try await glance.imageUpdate(.admin, imageID: "i1", values: ["properties": ["p\(number)": "v"]])
    }
    #expect(outcomes.count { $0 == nil } >= 1)
    #expect(outcomes.count { $0 == nil } + outcomes.count { $0 == .rpc } == 8)
    let properties = try await glance.imageGet(.admin, imageID: "i1").properties
    #expect(properties.count == outcomes.count { $0 == nil })
  }

  @Test(arguments: TestDatabase.all)
  func `a change whose answer is lost is made once`(_ kind: TestDatabase) async throws {
    let (glance, store) = try await kind.makeCounted()
    try await glance.imageTagCreate(.admin, imageID: "i1", value: "first")
    store.resetCounts()
    store.plan = .at(1, of: .commit, .loseAnswer)
    try await glance.imageTagCreate(.admin, imageID: "i1", value: "second")
    store.plan = .none
    #expect(store.counts[.resolve] == 1)
    #expect(try await glance.imageTagGetAll(.admin, imageID: "i1") == ["first", "second"])
  }
}
