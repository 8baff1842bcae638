// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import Testing

@Suite struct ImageCreateTests {
  @Test(arguments: TestDatabase.all)
  func `an image is made with defaults, properties and locations`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let image = try await glance.imageCreate(
      .admin,
      values: [
        "status": "queued", "name": "cirros", "properties": ["arch": "x86", "bits": 64, "none": nil],
        "locations": [
          ["url": "file:///a", "metadata": ["k": "v"], "status": "active"],
          ["url": "file:///b", "metadata": [:], "status": "deleted"],
        ],
        "location": "ignored", "unknown": 1,
      ])
    #expect(image.id.count == 36 && image.id == image.id.lowercased())
    #expect(image.visibility == .shared && image.owner == nil && !image.deleted && image.minDisk == 0)
    #expect(image.properties.map(\.name) == ["arch", "bits", "none"])
    #expect(image.properties.map(\.value) == ["x86", "64", nil])
    #expect(image.locations.map(\.url) == ["file:///a"], "a location that is born deleted is not shown")
    #expect(image.locations[0].metadata == ["k": "v"])
    #expect(image.updatedAt == image.createdAt)
    #expect(try await glance.imageGet(.admin, imageID: image.id) == image)
    try await expectClean(glance)
  }

  @Test(arguments: TestDatabase.all)
  func `the answer has exactly the keys of Glance`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let image = try await glance.imageCreate(
      .admin,
      values: [
        "status": "queued", "properties": ["a": "b"],
        "locations": [["url": "u", "metadata": [:], "status": "active"]],
      ])
    let keys: Set<String> = [
      "id", "name", "status", "visibility", "owner", "size", "virtual_size", "disk_format", "container_format",
      "checksum", "os_hash_algo", "os_hash_value", "os_hidden", "min_disk", "min_ram", "protected", "created_at",
      "updated_at", "deleted_at", "deleted", "properties", "locations",
    ]
    #expect(Set(try #require(image.values.objectValue).keys) == keys)
    let property = try #require(image.values["properties"]?.arrayValue?.first?.objectValue)
    #expect(
      Set(property.keys)
        == ["id", "image_id", "name", "value", "created_at", "updated_at", "deleted_at", "deleted"])
    let location = try #require(image.values["locations"]?.arrayValue?.first?.objectValue)
    #expect(Set(location.keys) == ["id", "url", "metadata", "status"])

    let first = try await glance.imageGet(.admin, imageID: image.id, v1Mode: true)
    let firstKeys = Set(try #require(first.values.objectValue).keys)
    #expect(firstKeys == keys.subtracting(["visibility"]).union(["is_public"]))
    #expect(first.values["is_public"] == false)
  }

  @Test(arguments: TestDatabase.all)
  func `an id in use is a duplicate, whoever uses it`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    _ = try await glance.imageCreate(.admin, values: ["id": "i1", "status": "queued", "deleted": true])
    await expectError(.duplicate, "Image ID i1 already exists!") {
      _ = try await glance.imageCreate(.tenant("t"), values: ["id": "i1", "status": "queued"])
    }
  }

  @Test(arguments: TestDatabase.all)
  func `of two callers with the same id one makes the image`(_ kind: TestDatabase) async throws {
    let glance = try await kind.make()
    let outcomes = await race(8) { number in
      _ = try await glance.imageCreate(
        .admin, values: ["id": "same", "status": "queued", "properties": ["number": GlanceValue(number)]])
    }
    #expect(outcomes.count { $0 == nil } == 1)
    #expect(outcomes.count { $0 == .duplicate } == 7)
    #expect(try await glance.imageGet(.admin, imageID: "same").properties.count == 1)
    try await expectClean(glance)
  }

  @Test func `the status is required and must be one of Glance's`() async throws {
    let glance = try await TestDatabase.memory.make()
    await expectError(.invalid, "Image status is required.") { _ = try await glance.imageCreate(.admin, values: [:]) }
    await expectError(.invalid, "Invalid image status 'x' for image.") {
      _ = try await glance.imageCreate(.admin, values: ["status": "x"])
    }
  }

  @Test func `sizes are numbers or texts of digits, within their range`() async throws {
    let glance = try await TestDatabase.memory.make()
    let image = try await glance.imageCreate(
      .admin, values: ["status": "queued", "min_disk": "7", "min_ram": nil, "size": "4294967296", "virtual_size": 3])
    #expect(image.minDisk == 7 && image.minRAM == 0 && image.size == 4_294_967_296 && image.virtualSize == 3)
    for name in ["min_disk", "min_ram"] {
      await expectError(.invalid, "'\(name)' value out of range, must not exceed 2147483647.") {
        _ = try await glance.imageCreate(.admin, values: ["status": "queued", name: 2_147_483_648])
      }
    }
    await expectError(.valueError) {
      _ = try await glance.imageCreate(.admin, values: ["status": "queued", "size": "big"])
    }
  }

  @Test func `is_public is another name of the visibility`() async throws {
    let glance = try await TestDatabase.memory.make()
    let open = try await glance.imageCreate(.admin, values: ["status": "queued", "is_public": true], v1Mode: true)
    #expect(open.visibility == .public && open.values["is_public"] == true)
    let closed = try await glance.imageCreate(.admin, values: ["status": "queued", "is_public": false])
    #expect(closed.visibility == .shared)
    await expectError(.invalid) {
      _ = try await glance.imageCreate(
        .admin, values: ["status": "queued", "is_public": true, "visibility": "public"])
    }
    await expectError(.rpc) {
      _ = try await glance.imageCreate(.admin, values: ["status": "queued", "visibility": "secret"])
    }
  }

  @Test func `times survive to the microsecond, and an empty owner is none`() async throws {
    let glance = try await TestDatabase.memory.make()
    let time = try #require(GlanceTime(iso8601: "9999-12-31T23:59:59.999999"))
    let image = try await glance.imageCreate(
      .admin, values: ["status": "queued", "created_at": .date(time), "updated_at": nil, "owner": ""])
    #expect(image.createdAt == time && image.updatedAt < time && image.owner == nil)
    #expect(try await glance.imageGet(.admin, imageID: image.id).createdAt == time)
  }

  @Test(
    arguments: [
      (["name": "\u{1F47D}"], "Name can't contain 4 byte unicode characters."),
      (["disk_format": "\u{1F47D}"], "Disk_Format can't contain 4 byte unicode characters."),
      (["properties": ["\u{1F47D}": "a"]], "Property names can't contain 4 byte unicode."),
      (["properties": ["key": "\u{1F47D}"]], "Key can't contain 4 byte unicode characters."),
      (
        ["locations": [["url": "\u{1F47D}", "metadata": [:], "status": "active"]]],
        "Url can't contain 4 byte unicode characters."
      ),
    ] as [([String: GlanceValue], String)])
  func `characters of four bytes are refused`(_ values: [String: GlanceValue], _ message: String) async throws {
    let glance = try await TestDatabase.memory.make()
    await expectError(.invalid, message) {
      _ = try await glance.imageCreate(.admin, values: values.merging(["id": "i1", "status": "queued"]) { $1 })
    }
    await expectError(.imageNotFound) { _ = try await glance.imageGet(.admin, imageID: "i1") }
  }

  @Test func `an id that is too long makes no image`() async throws {
    let glance = try await TestDatabase.memory.make()
    let id = String(repeating: "x", count: 37)
    await expectError(.imageNotFound) {
      _ = try await glance.imageCreate(.admin, values: ["id": .string(id), "status": "queued"])
    }
  }

  @Test func `a list of tags must be empty`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await glance.makeImage("i1", ["tags": []])
    #expect(try await glance.imageTagGetAll(.admin, imageID: "i1") == [])
    for tags: GlanceValue in [["a"], nil, "a"] {
      await expectError(.attributeError) { try await glance.makeImage("i2", ["tags": tags]) }
    }
    await expectError(.imageNotFound) { _ = try await glance.imageGet(.admin, imageID: "i2") }
  }
}
