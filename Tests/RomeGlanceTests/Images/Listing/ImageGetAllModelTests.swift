// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import RomeTesting
import Testing

/// Random listings of random images, compared with a model that looks at each image.
@Suite struct ImageGetAllModelTests {
  /// An image as the model knows it.
  private struct Known {
    var record: ImageRecord
    var tags: [String]
    var members: [(tenant: String, status: String)]

    func has(_ name: String, _ value: String) -> Bool {
      record.properties.contains { $0.name == name && $0.value == value && !$0.deleted }
    }
  }

  /// What to ask for.
  private struct Request {
    var context: GlanceContext
    var filters: [String: GlanceValue] = [:]
    var status = "accepted"
    var isPublic: Bool?
    var asUser = false

    func lists(_ known: Known) -> Bool { isListed(known) && isWanted(known) && fulfils(known) }

    private func isListed(_ known: Known) -> Bool {
      if context.isAdmin, !asUser { return true }
      let image = known.record
      if image.visibility == .public || image.visibility == .community { return true }
      guard let owner = context.owner else { return false }
      let isMember = known.members.contains { $0.tenant == owner && (status == "all" || status == $0.status) }
      return image.owner == owner || (image.visibility == .shared && isMember)
    }

    private func isWanted(_ known: Known) -> Bool {
      let image = known.record
      if let isPublic, isPublic != (image.visibility == .public) { return false }
      switch filters["visibility"]?.stringValue {
      case "all": return true
      case let name?: return image.visibility.rawValue == name
      case nil: return image.visibility != .community || (context.owner != nil && context.owner == image.owner)
      }
    }

    private func fulfils(_ known: Known) -> Bool {
      let image = known.record
      for (name, value) in filters {
        let holds =
          switch name {
          case "deleted": value == .bool(image.deleted) && (image.deleted || image.status != .killed)
          case "name": value.stringValue == image.name
          case "status": value.stringValue == image.status.rawValue
          case "size_min": image.size.map { $0 >= value.intValue ?? 0 } ?? false
          case "tags": (value.arrayValue ?? []).allSatisfy { known.tags.contains($0.stringValue ?? "") }
          case "p0", "p1": known.has(name, value.stringValue ?? "")
          default: true
          }
        if !holds { return false }
      }
      return true
    }
  }

  private func makeImages(_ glance: GlanceDatabase, _ random: inout SeededGenerator) async throws -> [Known] {
    let tenants: [String?] = ["t0", "t1", "t2", nil]
    var all: [Known] = []
    for number in 0..<60 {
      let id = "i\(number)"
      var properties: [String: GlanceValue] = [:]
      for name in ["p0", "p1"] where random.chance(0.6) {
        properties[name] = .string("v\(Int.random(in: 0...1, using: &random))")
      }
      var record = try await glance.makeImage(
        id,
        [
          "name": random.chance(0.2) ? nil : .string("n\(Int.random(in: 0...3, using: &random))"),
          "owner": GlanceValue(tenants.randomElement(using: &random) ?? nil),
          "visibility": .string((ImageVisibility.allCases.randomElement(using: &random) ?? .shared).rawValue),
          "status": .string(random.chance(0.2) ? "killed" : "active"),
          "size": random.chance(0.3) ? nil : GlanceValue(Int.random(in: 1...3, using: &random)),
          "created_at": .date(GlanceTime(microseconds: Int64.random(in: 0...9, using: &random))),
          "properties": .object(properties),
        ])
      if random.chance(0.3), let name = properties.keys.sorted().first {
        try await glance.imagePropertyDelete(.admin, name: name, imageID: id)
      }
      var tags: [String] = []
      for tag in ["a", "b"] where random.chance(0.5) { tags.append(tag) }
      try await glance.imageTagSetAll(.admin, imageID: id, tags: tags)
      var members: [(tenant: String, status: String)] = []
      for tenant in ["t0", "t1", "t2"] where random.chance(0.3) {
        members.append((tenant, random.chance(0.5) ? "accepted" : "pending"))
      }
      for member in members { try await glance.share(id, with: member.tenant, status: member.status) }
      if random.chance(0.2) {
        try await glance.imageDestroy(.admin, imageID: id)
        (tags, members) = ([], [])
      }
      record = try await glance.imageGet(.admin, imageID: id)
      all.append(Known(record: record, tags: tags, members: members))
    }
    return all
  }

  private func makeRequest(_ random: inout SeededGenerator) -> Request {
    let contexts: [GlanceContext] = [
      .admin, GlanceContext(owner: "t0", isAdmin: true), .tenant("t0"), .tenant("t1"), .tenant("t2"), .tenant(nil),
    ]
    var request = Request(context: contexts.randomElement(using: &random) ?? .admin)
    request.asUser = random.chance(0.2)
    request.status = ["accepted", "pending", "all"].randomElement(using: &random) ?? "all"
    if random.chance(0.2) { request.isPublic = random.chance(0.5) }
    let choices: [(String, [GlanceValue])] = [
      ("visibility", ["all", "public", "private", "shared", "community"]), ("deleted", [true, false]),
      ("name", ["n0", "n1"]), ("status", ["active", "killed"]), ("size_min", [2]), ("tags", [["a"], ["a", "b"]]),
      ("p0", ["v0", "v1"]), ("p1", ["v0", "v1"]),
    ]
    for (name, values) in choices where random.chance(0.2) {
      request.filters[name] = values.randomElement(using: &random)
    }
    return request
  }

  @Test(arguments: TestDatabase.all)
  func `random listings are those of the model, and so are their pages`(_ kind: TestDatabase) async throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededGenerator(seed: seed)
    let glance = try await kind.make()
    let known = try await makeImages(glance, &random)
    let records = Dictionary(uniqueKeysWithValues: known.map { ($0.record.id, $0.record) })
    for _ in 0..<120 {
      let request = makeRequest(&random)
      let isDescending = random.chance(0.5)
      let byName = random.chance(0.5)
      let expected = known.filter { request.lists($0) }.map(\.record).sorted { left, right in
        let (first, second) = isDescending ? (right, left) : (left, right)
        if byName, first.name != second.name {
          guard let one = first.name else { return true }
          guard let other = second.name else { return false }
          return one < other
        }
        return (first.createdAt, first.id) < (second.createdAt, second.id)
      }.map(\.id)
      let label: Comment = "seed \(seed), \(request), name \(byName), descending \(isDescending)"
      func listed(_ marker: String?, _ limit: Int?) async throws -> [ImageRecord] {
        try await glance.imageGetAll(
          request.context, filters: request.filters, marker: marker, limit: limit, sortKey: byName ? ["name"] : [],
          sortDir: [isDescending ? "desc" : "asc"], memberStatus: request.status, isPublic: request.isPublic,
          adminAsUser: request.asUser)
      }
      let all = try await listed(nil, nil)
      #expect(all.map(\.id) == expected, label)
      #expect(all.allSatisfy { $0.properties == records[$0.id]?.properties }, label)
      // A page after any image of the listing that this caller may name as a marker.
      guard let place = expected.indices.randomElement(using: &random) else { continue }
      let marker = expected[place]
      guard request.context.isAdmin || records[marker]?.deleted == false else { continue }
      let page = try await listed(marker, 4)
      #expect(page.map(\.id) == Array(expected[(place + 1)...].prefix(4)), label)
    }
  }
}
