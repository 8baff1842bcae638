// SPDX-License-Identifier: Apache-2.0

import CatalogKit
import Rome
import Testing

/// Expects that the store answers all questions as the loops over the file do.
func expectAnswers(
  of store: any Store, _ file: StatusFile, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let naive = NaiveCatalog(file)
  let session = RomeSession(store)
  let queries = PackageQueries(session)

  for minimum in [1, 2, 5] {
    let sections = try await queries.sections(withAtLeast: minimum).all()
    let texts = sections.map { [$0.0 ?? "-", "\($0.1)", $0.2.map { "\($0)" } ?? "-", $0.3.map { "\($0)" } ?? "-"] }
    #expect(Set(texts) == naive.sections(withAtLeast: minimum), sourceLocation: sourceLocation)
    #expect(texts.count == Set(texts).count, sourceLocation: sourceLocation)
    let sizes = sections.map { $0.2 ?? -1 }
    #expect(sizes == sizes.sorted(by: >), sourceLocation: sourceLocation)
  }

  let largest = try await queries.largestPackages().all()
  #expect(Set(largest.map(\.nameAndArchitecture)) == naive.largestPackages(), sourceLocation: sourceLocation)

  for kinds in [RelationKind.strict, [.recommends], [.suggests], RelationKind.allCases] {
    let expected = naive.openClauses(kinds)
    let byJoin = try await queries.openClausesByOuterJoin(kinds).all().map {
      NaiveCatalog.Clause(package: $0.0, text: $0.1)
    }
    let byExists = try await queries.openClausesByNotExists(kinds).all().map {
      NaiveCatalog.Clause(package: $0.0, text: $0.1)
    }
    #expect(byJoin == expected, "\(kinds)", sourceLocation: sourceLocation)
    #expect(byExists == expected, "\(kinds)", sourceLocation: sourceLocation)
  }

  let maintainers = try await queries.maintainers().all()
  #expect(
    Dictionary(maintainers.map { ($0.0, $0.1) }, uniquingKeysWith: +) == naive.maintainers(),
    sourceLocation: sourceLocation)
  #expect(maintainers.map(\.1) == maintainers.map(\.1).sorted(by: >), sourceLocation: sourceLocation)
  #expect(try await session.query(Maintainer.self).count() == naive.maintainers().count, sourceLocation: sourceLocation)

  let report = try await store.verify()
  #expect(report.isClean, "\(report)", sourceLocation: sourceLocation)
}

/// Expects that the dependents of packages are those that the loops over the file find, by the query and by the
/// relationship.
func expectDependents(
  of names: some Sequence<String>, in store: any Store, _ file: StatusFile,
  sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let naive = NaiveCatalog(file)
  let session = RomeSession(store)
  for name in names {
    let expected = naive.dependents(of: name)
    let found = try await PackageQueries(session).dependents(of: name).all()
      .map { NaiveCatalog.Clause(package: $0.0, text: $0.1) }
    #expect(found == expected.sorted(), "\(name)", sourceLocation: sourceLocation)
    var related: Set<String> = []
    for package in try await session.query(Package.self).filter(Package.name == name).all() {
      related.formUnion(try await package.dependents.map(\.name))
    }
    #expect(related == Set(expected.map(\.package)), "\(name)", sourceLocation: sourceLocation)
  }
}

extension Package {
  /// What tells the package apart from others.
  var nameAndArchitecture: PackageID { PackageID(name: name, architecture: architecture) }
}

/// The number of rows of each table.
func counts(in store: any Store) async throws -> [Int] {
  let session = RomeSession(store)
  return [
    try await session.query(Package.self).count(), try await session.query(Maintainer.self).count(),
    try await session.query(Dependency.self).count(), try await session.query(Alternative.self).count(),
    try await session.query(Provision.self).count(), try await session.query(Requirement.self).count(),
  ]
}

/// Everything that is in a store but the numbers that it has given to rows.
func contents(of store: any Store) async throws -> Set<String> {
  let session = RomeSession(store)
  var lines: Set<String> = []
  for package in try await session.query(Package.self).all() {
    let dependencies = try await package.dependencies.sorted { $0.position < $1.position }
    var clauses: [String] = []
    for dependency in dependencies {
      let alternatives = try await dependency.alternatives
      clauses.append("\(dependency.kind) \(dependency.clause) \(alternatives.map { "\($0.name) \($0.architecture)" })")
    }
    let line: [Any] = [
      package.nameAndArchitecture, package.version, package.section ?? "", package.priority ?? "",
      package.installedSize ?? "", package.multiArch, package.summary ?? "",
      try await package.maintainer?.name ?? "", clauses,
      try await package.provisions.map { "\($0.name) \($0.version ?? "")" },
      try await package.requirements.map { "\($0.nameAndArchitecture)" }.sorted(),
    ]
    lines.insert(line.map { "\($0)" }.joined(separator: "\t"))
  }
  return lines
}
