// SPDX-License-Identifier: Apache-2.0

import Rome

/// Brings some packages of a store in step with their records. Costs a fixed number of round trips, however many they are.
struct PackageBatch {
  /// The architecture of the machine, which is that of packages for all architectures.
  let architecture: String
  private var report = LoadReport()
  /// The packages that are new, or whose relations are others.
  private var rewritten: [(package: Package, record: PackageRecord)] = []

  init(architecture: String) {
    self.architecture = architecture
  }

  /// Loads the records in the transaction of a session.
  mutating func load(_ records: ArraySlice<PackageRecord>, _ session: RomeSession) async throws -> LoadReport {
    let stored = try await StoredPackages(named: records.map(\.name), session)
    let maintainers = try await maintainers(of: records, session)
    for record in records {
      let maintainer = record.maintainer.flatMap { maintainers[$0]?.id }
      if let package = stored.packages[record.id] {
        update(package, to: record, maintainer, stored, session)
      } else {
        let package = Package(record, maintainerID: maintainer)
        session.add(package)
        rewritten.append((package, record))
        report.inserted += 1
      }
    }
    try await writeRelations(session)
    return report
  }

  /// The maintainers by their names, new ones among them.
  private func maintainers(
    of records: ArraySlice<PackageRecord>, _ session: RomeSession
  )
    async throws -> [String: Maintainer]
  {
    let names = Set(records.compactMap(\.maintainer))
    var maintainers: [String: Maintainer] = [:]
    for maintainer in try await session.query(Maintainer.self).filter(Maintainer.name.in(names)).all() {
      maintainers[maintainer.name] = maintainer
    }
    for name in names.sorted() where maintainers[name] == nil {
      let maintainer = Maintainer(name: name)
      session.add(maintainer)
      maintainers[name] = maintainer
    }
    // Gives the new ones their ids. It writes nothing yet.
    try await session.flush()
    return maintainers
  }

  /// Changes what differs: the session writes only the columns that have other values than before.
  private mutating func update(
    _ package: Package, to record: PackageRecord, _ maintainer: Int?, _ stored: StoredPackages, _ session: RomeSession
  ) {
    let before = package.snapshot()
    package.assign(record, maintainerID: maintainer)
    let dependencies = stored.dependencies[package.id] ?? []
    let provisions = stored.provisions[package.id] ?? []
    let native = record.architecture(on: architecture)
    let hasOldRelations =
      dependencies.map { [$0.kind.rawValue, $0.clause] }
      == record.relations(on: native).map { [$0.kind.rawValue, $0.text] }
      && provisions.map { [$0.name, $0.version] } == record.provisions.map { [$0.name, $0.version?.text] }
      && provisions.allSatisfy { $0.multiArch == record.multiArch && $0.architecture == native }
    if !hasOldRelations {
      for dependency in dependencies { session.delete(dependency) }
      for provision in provisions { session.delete(provision) }
      rewritten.append((package, record))
    }
    if hasOldRelations && package.snapshot() == before {
      report.unchanged += 1
    } else {
      report.changed += 1
    }
  }

  /// Adds the clauses and the provided names. Flushing in between gives the rows the ids that the next ones refer to.
  private func writeRelations(_ session: RomeSession) async throws {
    try await session.flush()
    var alternatives: [(dependency: Dependency, relation: Relation, architecture: String)] = []
    for (package, record) in rewritten {
      guard let id = package.id else { continue }
      let native = record.architecture(on: architecture)
      session.addAll(record.provisions.map { Provision($0, of: record, packageID: id, architecture: native) })
      for (position, relation) in record.relations(on: native).enumerated() {
        let dependency = Dependency(
          packageID: id, kind: relation.kind, position: position, clause: relation.text)
        session.add(dependency)
        alternatives.append((dependency, relation, native))
      }
    }
    try await session.flush()
    for (dependency, relation, native) in alternatives {
      guard let id = dependency.id else { continue }
      for alternative in relation.alternatives {
        session.add(Alternative(alternative, dependencyID: id, architecture: native))
      }
    }
  }
}

/// What the store holds of some packages.
private struct StoredPackages {
  private(set) var packages: [PackageID: Package] = [:]
  private(set) var dependencies: [Int?: [Dependency]] = [:]
  private(set) var provisions: [Int?: [Provision]] = [:]

  init(named names: [String], _ session: RomeSession) async throws {
    for package in try await session.query(Package.self).filter(Package.name.in(names)).all() {
      packages[PackageID(name: package.name, architecture: package.architecture)] = package
    }
    let ids = packages.values.map(\.id)
    let dependencies = try await session.query(Dependency.self).filter(Dependency.packageID.in(ids))
      .order(by: Dependency.position).all()
    self.dependencies = Dictionary(grouping: dependencies, by: \.packageID)
    let provisions = try await session.query(Provision.self).filter(Provision.packageID.in(ids))
      .order(by: Provision.id).all()
    self.provisions = Dictionary(grouping: provisions, by: \.packageID)
  }
}
