// SPDX-License-Identifier: Apache-2.0

public import Rome

/// Brings a store in step with the package database.
///
/// Packages are loaded in batches, a transaction for each, so a loader that is stopped half-way leaves whole packages
/// behind, and the next one finishes the work. What is in the store already as it is in the file is not written.
public struct Loader: Sendable {
  private let store: any Store
  private let batchSize: Int

  /// Makes a loader.
  ///
  /// - Parameters:
  ///   - store: Where to load to.
  ///   - batchSize: How many packages to load in one transaction.
  public init(_ store: any Store, batchSize: Int = 100) {
    self.store = store
    self.batchSize = max(1, batchSize)
  }

  /// Loads the packages of the file, and deletes those that are not in it.
  ///
  /// - Parameters:
  ///   - file: The package database.
  ///   - progress: Is called after each batch with what was done so far. When it throws, loading stops there.
  /// - Returns: What was done.
  /// - Throws: ``RomeError``, and what `progress` throws.
  public func load(_ file: StatusFile, progress: (LoadReport) throws -> Void = { _ in }) async throws -> LoadReport {
    var report = LoadReport()
    for start in stride(from: 0, to: file.packages.count, by: batchSize) {
      let records = file.packages[start..<min(start + batchSize, file.packages.count)]
      // A session for each batch holds no more entities than those of the batch.
      report += try await RomeSession(store).transaction { session in
        var batch = PackageBatch(architecture: file.architecture)
        return try await batch.load(records, session)
      }
      try progress(report)
    }
    report += try await RomeSession(store).transaction { session in
      var cleaning = LoadReport()
      cleaning.deleted = try await deletePackages(notIn: file, session)
      cleaning.reconnected = try await connectRequirements(session)
      return cleaning
    }
    return report
  }

  /// Deletes the packages that are not installed any more. Their foreign keys take along what belongs to them; nobody
  /// keeps a maintainer who has no package left.
  private func deletePackages(notIn file: StatusFile, _ session: RomeSession) async throws -> Int {
    let installed = Set(file.packages.map(\.id))
    let stored = try await session.select(Package.id, Package.name, Package.architecture).all()
    let gone = stored.filter { !installed.contains(PackageID(name: $0.1, architecture: $0.2)) }
    let count = try await session.query(Package.self).filter(Package.id.in(gone.map(\.0))).delete()
    try await session.query(Maintainer.self).filter(Maintainer.packages.isEmpty).delete()
    return count
  }

  /// Makes the rows of ``Requirement`` what the dependencies and provisions say.
  private func connectRequirements(_ session: RomeSession) async throws -> Int {
    struct Pair: Hashable {
      let package: Int
      let provider: Int
    }
    let strict = session.query(Dependency.self)
      .join(Dependency.alternatives)
      .filter(Dependency.kind.in(RelationKind.strict))
    let byAnother = Alternative.isFulfilled && Dependency.packageID != Provision.packageID
    let fulfilled = strict.join(Provision.self, on: byAnother)
    let pairs = try await fulfilled.select(Dependency.packageID, Provision.packageID).all()
    var wanted = Set(pairs.map { Pair(package: $0.0, provider: $0.1) })
    var count = 0
    for requirement in try await session.query(Requirement.self).all() {
      let pair = Pair(package: requirement.packageID, provider: requirement.providerID)
      if wanted.remove(pair) == nil {
        session.delete(requirement)
        count += 1
      }
    }
    for pair in wanted { session.add(Requirement(packageID: pair.package, providerID: pair.provider)) }
    return count + wanted.count
  }
}
