// SPDX-License-Identifier: Apache-2.0

import CatalogKit
import Rome

/// Asks the catalog questions, and prints the answers with what they have cost.
struct Tour {
  let session: RomeSession
  /// How many rows are shown of an answer.
  let rows: Int
  let showsPlans: Bool

  private var queries: PackageQueries { PackageQueries(session) }

  func sections() async throws {
    let sections = queries.sections(withAtLeast: 5)
    try await answer("Sections with at least 5 packages: packages, KiB, KiB of the largest", sections.explain) {
      try await sections.all().map { [$0.0 ?? "-", "\($0.1)", Self.size($0.2), Self.size($0.3)] }
    }
    let largest = queries.largestPackages()
    try await answer("The largest package of each section, KiB", largest.explain) {
      try await largest.all().map { [$0.section ?? "-", $0.name, $0.version, Self.size($0.installedSize)] }
    }
  }

  func dependents(of name: String) async throws {
    let dependents = queries.dependents(of: name)
    try await answer("Packages that depend on \(name), by which clause", dependents.explain) {
      try await dependents.all().map { [$0.0, $0.1] }
    }
    for package in try await session.query(Package.self).filter(Package.name == name).all() {
      let dependents = try await package.dependents
      let requirements = try await package.requirements.map(\.name).sorted().joined(separator: ", ")
      print(
        "  \(package.name):\(package.architecture) has \(dependents.count) dependents; it requires",
        requirements.isEmpty ? "nothing" : requirements)
    }
  }

  func openClauses() async throws {
    for (name, kinds) in [("dependencies", RelationKind.strict), ("recommendations", [.recommends])] {
      let byJoin = queries.openClausesByOuterJoin(kinds)
      let joined = try await answer("Open \(name), by an outer join", byJoin.explain) {
        try await byJoin.all().map { [$0.0, $0.1] }
      }
      let byExists = queries.openClausesByNotExists(kinds)
      let existing = try await answer("Open \(name), by NOT EXISTS", byExists.explain) {
        try await byExists.all().map { [$0.0, $0.1] }
      }
      print("  The two answers are \(joined == existing ? "the same" : "different").")
    }
  }

  /// Walks through all pages, and shows the first two.
  func listing(pageSize: Int) async throws {
    let before = session.statistics
    var pages: [[Package]] = []
    while let page = try await nextPage(pageSize, after: pages.last?.last) { pages.append(page) }
    let cost = session.statistics.since(before)
    print("\nAll packages, in pages of \(pageSize): \(pages.count) pages, \(Self.text(of: cost))")
    for (number, previous) in [(1, nil), (2, pages.first?.last)] where pages.count >= number {
      let page = queries.page(of: pageSize, after: previous)
      try await answer("Page \(number)", page.explain) {
        try await page.all().map { [$0.name, $0.version, Self.size($0.installedSize)] }
      }
    }
  }

  func maintainers() async throws {
    let maintainers = queries.maintainers()
    try await answer("Maintainers by the number of their packages", maintainers.explain) {
      try await maintainers.all().map { ["\($0.1)", $0.0] }
    }
  }

  private func nextPage(_ size: Int, after last: Package?) async throws -> [Package]? {
    let page = try await queries.page(of: size, after: last).all()
    return page.isEmpty ? nil : page
  }

  private static func size(_ kibibytes: Int?) -> String {
    kibibytes.map { "\($0)" } ?? "-"
  }

  private static func text(of cost: ReadStatistics) -> String {
    "\(cost.roundTrips) round trips, \(cost.keysRead) keys and \(cost.rowsRead) rows read"
  }

  private static func indented(_ plan: QueryPlan) -> String {
    plan.description.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
  }

  /// Prints the answer to a question, what it has cost, and the plan.
  ///
  /// - Returns: The answer.
  @discardableResult
  private func answer(
    _ title: String, _ plan: () async throws -> QueryPlan, _ rows: () async throws -> [[String]]
  ) async throws -> [[String]] {
    print("\n\(title)")
    let before = session.statistics
    let answer = try await rows()
    let cost = session.statistics.since(before)
    print(Table(answer).text(limit: self.rows))
    print("  [\(answer.count) rows, \(Self.text(of: cost))]")
    if showsPlans { print(Self.indented(try await plan())) }
    return answer
  }
}
