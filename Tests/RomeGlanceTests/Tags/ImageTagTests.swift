// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import Testing

@Suite struct ImageTagTests {
  @Test(arguments: TestDatabase.all)
  func `setting all tags adds in order and deletes the others`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.imageTagSetAll(.admin, imageID: "i1", tags: ["ping", "pong", "ping", "a"])
    #expect(try await glance.imageTagGetAll(.admin, imageID: "i1") == ["ping", "pong", "a"])
    try await glance.imageTagSetAll(.admin, imageID: "i1", tags: ["z", "a"])
    #expect(try await glance.imageTagGetAll(.admin, imageID: "i1") == ["a", "z"])
    try await glance.imageTagSetAll(.admin, imageID: "i1", tags: ["ping"])
    #expect(try await glance.imageTagGetAll(.admin, imageID: "i1") == ["ping"], "a deleted tag can come again")
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `a tag may be there twice, and deleting takes both`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    #expect(try await glance.imageTagCreate(.admin, imageID: "i1", value: "t") == "t")
    try await glance.imageTagCreate(.admin, imageID: "i1", value: "t")
    try await glance.imageTagCreate(.admin, imageID: "i2", value: "t")
    #expect(try await glance.imageTagGetAll(.tenant("x"), imageID: "i1") == ["t", "t"])
    try await glance.imageTagDelete(.admin, imageID: "i1", value: "t")
    #expect(try await glance.imageTagGetAll(.admin, imageID: "i1").isEmpty)
    await expectError(.notFound) { try await glance.imageTagDelete(.admin, imageID: "i1", value: "t") }
    #expect(try await glance.imageTagGetAll(.admin, imageID: "i2") == ["t"])
  }

  @Test func `ids and characters are checked`() async throws {
    let glance = try await TestDatabase.memory.make()
    let long = String(repeating: "x", count: 37)
    await expectError(.imageNotFound) { _ = try await glance.imageTagGetAll(.admin, imageID: long) }
    await expectError(.imageNotFound) { try await glance.imageTagDelete(.admin, imageID: long, value: "t") }
    await expectError(.invalid) { try await glance.imageTagCreate(.admin, imageID: "i1", value: "\u{1F47D}") }
    #expect(try await glance.imageTagGetAll(.admin, imageID: "i9").isEmpty)
  }

  @Test(arguments: TestDatabase.all)
  func `who reads while tags are replaced sees one list or the other`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    try await glance.makeImage("i1")
    let lists = [["a", "b", "c"], ["d", "e", "f"]]
    try await glance.imageTagSetAll(.admin, imageID: "i1", tags: lists[0])
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 1...30 { try await glance.imageTagSetAll(.admin, imageID: "i1", tags: lists[number % 2]) }
      }
      group.addTask {
        for _ in 1...30 {
          let tags = try await glance.imageTagGetAll(.admin, imageID: "i1")
          #expect(lists.contains(tags), "\(tags)")
        }
      }
      try await group.waitForAll()
    }
  }
}
