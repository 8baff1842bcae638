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
    try await answer("Sections with at least 5 packages: packages, KiB, KiB of the largest", queries.sections(withAtLeast: 5)) {
      [$0.0 ?? "-", "\($0.1)", Self.size($0.2), Self.size($0.3)]
    }
    try await answer("The largest package of each section, KiB", queries.largestPackages()) {
      [$0.section ?? "-", $0.name, $0.version, Self.size($0.installedSize)]
    }
  }

  func dependents(of name: String) async throws {
    try await answer("Packages that depend on \(name), by which clause", queries.dependents(of: name)) { [$0.0, $0.1] }
    for package in try await session.query(Package.self).filter(Package.name == name).all() {
      let dependents = try await package.dependents
      let requirements = try await package.requirements.map(\.name)
      print("  \(package.name):\(package.architecture) has \(dependents.count) dependents, and requires itself:", terminator: " ")
      print(requirements.isEmpty ? "nothing" : requirements.sorted().joined(separator: ", "))
    }
  }

  func openClauses() async throws {
    for (name, kinds) in [("dependencies", RelationKind.strict), ("recommendations", [.recommends])] {
      let byJoin = try await answer(
        "Open \(name), by an outer join", queries.openClausesByOuterJoin(kinds)) { [$0.0, $0.1] }
      let byExists = try await answer(
        "Open \(name), by NOT EXISTS", queries.openClausesByNotExists(kinds)) { [$0.0, $0.1] }
      print("  The answers are \(byJoin == byExists ? "the same" : "different").")
    }
  }

  /// Walks through all pages, and shows the first two.
  func listing(pageSize: Int) async throws {
    try await answer("The first page of \(pageSize)", queries.page(of: pageSize, after: nil), Self.cells)
    let before = session.statistics
    var last: Package?
    var pages = 0
    while let page = try await nextPage(pageSize, after: last) {
      pages += 1
      if pages == 1 {
        try await answer("The page behind it", queries.page(of: pageSize, after: page.last), Self.cells)
      }
      last = page.last
    }
    let cost = session.statistics.since(before)
    print("  \(pages) pages in all: \(cost.roundTrips) round trips, \(cost.keysRead) keys read")
  }

  func maintainers() async throws {
    try await answer("Maintainers by the number of their packages", queries.maintainers()) { ["\($0.1)", $0.0] }
  }

  private func nextPage(_ size: Int, after last: Package?) async throws -> [Package]? {
    let page = try await queries.page(of: size, after: last).all()
    return page.isEmpty ? nil : page
  }

  private static func cells(_ package: Package) -> [String] {
    [package.name, package.version, size(package.installedSize)]
  }

  private static func size(_ kibibytes: Int?) -> String {
    kibibytes.map { "\($0)" } ?? "-"
  }

  /// Runs a query, and prints the rows, the cost and the plan.
  ///
  /// - Returns: The rows as text.
  @discardableResult
  private func answer<each Output>(
    _ title: String, _ query: RomeQuery<repeat each Output>, _ cells: ((repeat each Output)) -> [String]
  ) async throws -> [[String]] {
    print("\n\(title)")
    let before = session.statistics
    let rows = try await query.all().map(cells)
    let cost = session.statistics.since(before)
    print(Table(rows).text(limit: self.rows))
    print("  [\(rows.count) rows, \(cost.roundTrips) round trips, \(cost.keysRead) keys and \(cost.rowsRead) rows read]")
    if showsPlans { print(try await query.explain()) }
    return rows
  }
}
