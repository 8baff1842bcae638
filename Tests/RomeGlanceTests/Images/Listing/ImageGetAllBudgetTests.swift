// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting
import Testing

@testable import RomeGlance

/// What a listing costs, counted at the store, and which indexes answer it.
@Suite struct ImageGetAllBudgetTests {
  /// Images of ten tenants: public, private and shared ones in turn. Every second image has the tag "even", every 50th
  /// "rare", and the same as properties.
  private func fill(_ glance: GlanceDatabase, _ count: Int) async throws {
    let visibilities: [ImageVisibility] = [.public, .private, .shared, .private, .community]
    let session = RomeSession(glance.store)
    for begin in stride(from: 0, to: count, by: 500) {
      for place in begin..<min(begin + 500, count) {
        let time = GlanceTime(microseconds: Int64(place) * 1000)
        let id = "image-\(place)"
        session.add(
          Image(
            id: id, name: "name \(place % 100)", status: .active, visibility: visibilities[place % 5],
            owner: "t\(place % 10)", createdAt: time, updatedAt: time))
        let kinds = (place % 2 == 0 ? ["even"] : []) + (place % 50 == 0 ? ["rare"] : [])
        for kind in kinds {
          session.add(ImageTag(imageID: id, value: kind, createdAt: time, updatedAt: time))
          session.add(ImageProperty(imageID: id, name: kind, value: "yes", createdAt: time, updatedAt: time))
        }
        session.add(ImageProperty(imageID: id, name: "arch", value: "x86", createdAt: time, updatedAt: time))
        session.add(ImageLocation(imageID: id, value: "file:///\(place)", createdAt: time, updatedAt: time))
        if place % 5 == 2, place % 40 == 2 {
          session.add(
            ImageMember(imageID: id, member: "t1", status: "accepted", createdAt: time, updatedAt: time))
        }
      }
      try await session.commit()
    }
  }

  private static let cases: [(name: String, filters: [String: GlanceValue], key: [String], direction: [String])] = [
    ("the default", [:], [], []),
    ("as glance-api asks", ["deleted": false, "os_hidden": false], [], []),
    ("as the openstack command asks", ["deleted": false, "os_hidden": false], ["name"], ["asc"]),
    ("oldest first", ["deleted": false], ["created_at"], ["asc"]),
    ("by name", ["name": "name 7", "deleted": false], [], []),
    ("of some names", ["name": "in:name 7,name 8"], ["name"], ["asc"]),
    ("public ones", ["visibility": "public"], [], []), ("shared ones", ["visibility": "shared"], [], []),
    ("all visibilities", ["visibility": "all", "deleted": false], [], []),
    ("by a common tag", ["tags": ["even"]], [], []), ("by a rare tag", ["tags": ["rare"]], [], []),
    ("by a common property", ["arch": "x86"], [], []), ("by a rare property", ["rare": "yes"], [], []),
    ("by two properties and a tag", ["rare": "yes", "arch": "x86", "tags": ["even"]], [], []),
    ("by checksums that nobody has", ["checksum": "c", "os_hash_value": "h"], [], []),
    ("by id", ["id": "in:image-7,image-11"], [], []),
  ]

  @Test func `no listing reads a whole table, and no page does`() async throws {
    let glance = try await TestDatabase.memory.make()
    try await fill(glance, 1200)
    for context in [GlanceContext.tenant("t1"), .tenant(nil), .admin] {
      for (name, filters, key, direction) in Self.cases {
        let listing = ImageListing(
          context: context, filters: try ImageFilters(filters), order: try ImageOrder(key, direction), limit: 20,
          isRegular: !context.isAdmin, memberStatus: "accepted", isPublic: nil)
        let session = RomeSession(glance.store)
        var marker: Image?
        for page in 1...2 {
          for part in try await listing.parts(after: marker, in: session) {
            let plan = try await part.explain()
            #expect(!plan.hasFullScan, "\(name), page \(page), \(context.owner ?? "-"):\n\(plan)")
          }
          marker = try await listing.images(after: marker, in: session).last
        }
      }
    }
  }

  @Test(arguments: TestDatabase.all)
  func `a page costs the same round trips and keys, however many images there are`(_ kind: TestDatabase) async throws {
    var costs: [[StoreCallCounts]] = []
    for count in [400, 1600] {
      let (glance, store) = try await kind.makeCounted()
      try await fill(glance, count)
      _ = try await glance.imageGetAll(.tenant("t1"), limit: 1, returnTag: true)
      var counts: [StoreCallCounts] = []
      for (name, filters, key, direction) in Self.cases.prefix(4) {
        var marker: String?
        for page in 1...2 {
          store.resetCounts()
          let images = try await glance.imageGetAll(
            .tenant("t1"), filters: filters, marker: marker, limit: 20, sortKey: key, sortDir: direction,
            returnTag: true)
          #expect(images.count == 20)
          #expect(images.allSatisfy { !$0.locations.isEmpty && !$0.properties.isEmpty })
          counts.append(store.counts)
          marker = images.last?.id
          #expect(store.counts.roundTrips <= 10, "\(name), page \(page): \(store.counts)")
          // Each part reads its limit, and the members are read whole: they are few.
          #expect(store.counts.entries <= 400, "\(name), page \(page): \(store.counts)")
        }
      }
      costs.append(counts)
    }
    for (small, large) in zip(costs[0], costs[1]) { #expect(large.roundTrips <= small.roundTrips) }
  }

  @Test(arguments: TestDatabase.all)
  func `a page costs the same round trips, however many images it has`(_ kind: TestDatabase) async throws {
    let (glance, store) = try await kind.makeCounted()
    try await fill(glance, 600)
    _ = try await glance.imageGetAll(.tenant("t1"), limit: 1, returnTag: true)
    var roundTrips: [Int] = []
    for limit in [2, 20, 60] {
      store.resetCounts()
      let images = try await glance.imageGetAll(
        .tenant("t1"), filters: ["deleted": false], limit: limit, returnTag: true)
      #expect(images.count == limit)
      roundTrips.append(store.counts.roundTrips)
    }
    #expect(Set(roundTrips).count == 1, "\(roundTrips)")
  }

  @Test(arguments: TestDatabase.all)
  func `a tag of many images walks the listing, one of few goes to them`(_ kind: TestDatabase) async throws {
    let (glance, store) = try await kind.makeCounted()
    try await fill(glance, 2200)
    func entries(_ tag: String) async throws -> Int {
      store.resetCounts()
      let images = try await glance.imageGetAll(
        .tenant("t1"), filters: ["tags": [.string(tag)], "deleted": false], limit: 20, returnTag: true)
      #expect(images.count == 20)
      #expect(images.allSatisfy { $0.tags?.contains(tag) == true })
      return store.counts.entries + store.counts.addresses
    }
    _ = try await entries("even")
    #expect(try await entries("rare") < 400)
    #expect(try await entries("even") < ImageMarks.bound + 1000)
  }
}
