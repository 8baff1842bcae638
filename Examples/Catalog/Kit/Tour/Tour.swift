// SPDX-License-Identifier: Apache-2.0

public import Rome

/// Asks the catalog questions, one after the other. What it tells does not depend on the store, but for the costs.
public struct Tour {
  /// What the tour has to tell.
  public enum Event: Sendable {
    /// A question was answered.
    case answer(Answer)
    /// Something that the answer before gives rise to.
    case remark(String)
  }

  private let session: RomeSession
  private let isExplaining: Bool
  private let tell: (Event) -> Void

  private var queries: PackageQueries { PackageQueries(session) }

  /// Makes a tour.
  ///
  /// - Parameters:
  ///   - session: Where to ask.
  ///   - isExplaining: Whether each answer comes with its plan. To make it, the question is answered once more.
  ///   - tell: Gets what the tour has to tell, as it goes.
  public init(_ session: RomeSession, isExplaining: Bool, tell: @escaping (Event) -> Void) {
    self.session = session
    self.isExplaining = isExplaining
    self.tell = tell
  }

  /// Asks all questions.
  ///
  /// - Parameters:
  ///   - package: The package whose dependents are looked for.
  ///   - pageSize: How many packages a page of the listing has.
  /// - Throws: ``Rome/RomeError`` when the store can't answer.
  public func run(package: String, pageSize: Int) async throws {
    try await sections()
    try await dependents(of: package)
    try await openClauses()
    try await listing(pageSize: pageSize)
    try await maintainers()
  }

  private func sections() async throws {
    let sections = queries.sections(withAtLeast: 5)
    try await ask("Sections with at least 5 packages: packages, KiB, KiB of the largest", sections.explain) {
      try await sections.all().map { [$0.0 ?? "-", "\($0.1)", Self.size($0.2), Self.size($0.3)] }
    }
    let largest = queries.largestPackages()
    try await ask("The largest package of each section, KiB", largest.explain) {
      try await largest.all().map { [$0.section ?? "-", $0.name, $0.version, Self.size($0.installedSize)] }
    }
  }

  private func dependents(of name: String) async throws {
    let dependents = queries.dependents(of: name)
    try await ask("Packages that depend on \(name), by which clause", dependents.explain) {
      try await dependents.all().map { [$0.0, $0.1] }
    }
    let packages = session.query(Package.self).filter(Package.name == name).order(by: Package.architecture)
    for package in try await packages.all() {
      let dependents = try await package.dependents
      let requirements = try await package.requirements.map(\.name).sorted().joined(separator: ", ")
      tell(
        .remark(
          "\(package.name):\(package.architecture) has \(dependents.count) dependents; it requires "
            + (requirements.isEmpty ? "nothing" : requirements)))
    }
  }

  private func openClauses() async throws {
    for (name, kinds) in [("dependencies", RelationKind.strict), ("recommendations", [.recommends])] {
      let byJoin = queries.openClausesByOuterJoin(kinds)
      let joined = try await ask("Open \(name), by an outer join", byJoin.explain) {
        try await byJoin.all().map { [$0.0, $0.1] }
      }
      let byExists = queries.openClausesByNotExists(kinds)
      let existing = try await ask("Open \(name), by NOT EXISTS", byExists.explain) {
        try await byExists.all().map { [$0.0, $0.1] }
      }
      tell(.remark("The two answers are \(joined == existing ? "the same" : "different")."))
    }
  }

  /// Walks through all pages, and shows the first two.
  private func listing(pageSize: Int) async throws {
    try await ask("The pages of all packages, \(pageSize) on each: the first and the last") {
      var pages: [[String]] = []
      var last: Package?
      while true {
        let page = try await queries.page(of: pageSize, after: last).all()
        guard let first = page.first, let end = page.last else { return pages }
        pages.append(["\(pages.count + 1)", first.name, end.name])
        last = end
      }
    }
    var last: Package?
    for number in 1...2 {
      let query = queries.page(of: pageSize, after: last)
      var page: [Package] = []
      try await ask("Page \(number)", query.explain) {
        page = try await query.all()
        return page.map(Self.row)
      }
      if page.count < pageSize { return }
      last = page.last
    }
  }

  private func maintainers() async throws {
    let maintainers = queries.maintainers()
    try await ask("Maintainers by the number of their packages", maintainers.explain) {
      try await maintainers.all().map { ["\($0.1)", $0.0] }
    }
  }

  private static func row(_ package: Package) -> [String] {
    [package.name, package.version, size(package.installedSize)]
  }

  private static func size(_ kibibytes: Int?) -> String {
    kibibytes.map { "\($0)" } ?? "-"
  }

  /// Asks a question, and tells the answer, what it has cost, and the plan.
  ///
  /// - Returns: The answer.
  @discardableResult
  private func ask(
    _ title: String, _ plan: (() async throws -> QueryPlan)? = nil, _ rows: () async throws -> [[String]]
  ) async throws -> [[String]] {
    let before = session.statistics
    let answer = try await rows()
    let cost = session.statistics.since(before)
    tell(.answer(Answer(title: title, rows: answer, cost: cost, plan: isExplaining ? try await plan?() : nil)))
    return answer
  }
}
