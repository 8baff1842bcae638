// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeGlance
import Testing

/// The code of the article about the module.
@Suite struct OverviewTests {
  @Test func `the overview`() async throws {
    let store = MemoryStore()
    let glance = GlanceDatabase(store)
    let caller = GlanceContext(user: "u1", owner: "t1")
    let image = try await glance.imageCreate(
      caller, values: ["status": "queued", "name": "cirros", "owner": "t1", "properties": ["arch": "x86"]])
    _ = try await glance.imageUpdate(caller, imageID: image.id, values: ["status": "saving"], fromState: "queued")
    let page = try await glance.imageGetAll(caller, filters: ["deleted": false, "arch": "x86"], limit: 20)
    #expect(page.map(\.id) == [image.id])
    #expect(page.first?.status == .saving)

    do {
      _ = try await glance.imageUpdate(caller, imageID: image.id, values: [:], fromState: "queued")
    } catch {
      print(error.code.className, error.isA(.conflict))
    }
    await expectError(.conflict) {
      _ = try await glance.imageUpdate(caller, imageID: image.id, values: [:], fromState: "queued")
    }
    #expect(GlanceError.Code.conflict.className == "glance.common.exception.Conflict")
  }

  @Test func `resets`() async throws {
    let tested = try await GlanceDatabase(resettable: { _, _ in MemoryStore() })
    try await tested.reset()
    #expect(try await tested.imageGetAll(.admin).isEmpty)
  }
}
