// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import Testing

@Suite struct ImagePropertyTests {
  @Test(arguments: TestDatabase.all)
  func `a property is made once, and its name stays taken`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let values: [String: GlanceValue] = ["image_id": "i1", "name": "n", "value": "v"]
    let made = try await glance.imagePropertyCreate(.admin, values: values)
    #expect(made.imageID == "i1" && made.name == "n" && made.value == "v" && !made.deleted)
    await expectError(.rpc) { _ = try await glance.imagePropertyCreate(.admin, values: values) }
    let deleted = try await glance.imagePropertyDelete(.admin, name: "n", imageID: "i1")
    #expect(deleted.deleted && deleted.deletedAt != nil && deleted.id == made.id)
    await expectError(.rpc) { _ = try await glance.imagePropertyCreate(.admin, values: values) }
    await expectError(.rpc) { try await glance.imagePropertyDelete(.admin, name: "other", imageID: "i1") }
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `of many callers one sets a property, and one deletes it`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeImage("i1")
    for round in 0..<3 {
      let set = await race(8) { number in
        try await glance.imageSetPropertyAtomic(imageID: "i1", name: "lock", value: "\(round) \(number)")
      }
      #expect(set.count { $0 == nil } == 1 && set.count { $0 == .duplicate } == 7)
      let value = try #require(try await glance.imageGet(.admin, imageID: "i1").properties.first?.value)
      await expectError(.notFound) {
        try await glance.imageDeletePropertyAtomic(imageID: "i1", name: "lock", value: value + "x")
      }
      let gone = await race(8) { _ in
        try await glance.imageDeletePropertyAtomic(imageID: "i1", name: "lock", value: value)
      }
      #expect(gone.count { $0 == nil } == 1 && gone.count { $0 == .notFound } == 7)
    }
  }

  @Test func `setting atomically revives a deleted property`() async throws {
    let glance = try await TestDatabase.memory.make()
    let made = try await glance.makeImage("i1", ["properties": ["lock": "old"]])
    try await glance.imagePropertyDelete(.admin, name: "lock", imageID: "i1")
    await expectError(.notFound) {
      try await glance.imageDeletePropertyAtomic(imageID: "i1", name: "lock", value: "old")
    }
    try await glance.imageSetPropertyAtomic(imageID: "i1", name: "lock", value: "new")
    let property = try #require(try await glance.imageGet(.admin, imageID: "i1").properties.first)
    #expect(property.id == made.properties[0].id && property.value == "new" && !property.deleted)
  }
}
