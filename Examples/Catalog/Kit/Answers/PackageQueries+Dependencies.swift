// SPDX-License-Identifier: Apache-2.0

public import Rome

extension PackageQueries {
  /// The packages that depend on a package, by its name or by one that it provides, with the clauses that say so.
  ///
  /// - Parameter name: The name of the package.
  public func dependents(of name: String) -> RomeQuery<(String, String)> {
    let target = Alias<Package>("target")
    let isTarget = Provision.packageID == target.id && target.name == name && Package.id != target.id
    let fulfilled = clauses(RelationKind.strict).join(Provision.self, on: Alternative.isFulfilled)
    let found = fulfilled.join(target, on: isTarget)
    return found.select(Package.name, Dependency.clause)
      .distinct()
      .order(by: Package.name, Dependency.clause)
  }

  /// The clauses that no installed package fulfils, found by an outer join: the package that asks, and the clause. A clause
  /// is open when all its alternatives together have found no provision.
  ///
  /// - Parameter kinds: Which relations to look at.
  public func openClausesByOuterJoin(_ kinds: [RelationKind]) -> RomeQuery<(String, String)> {
    let provided = clauses(kinds).outerJoin(Provision.self, on: Alternative.isFulfilled)
    return provided.group(by: Dependency.id, Package.name, Dependency.clause)
      .having(Provision.id.count() == 0)
      .select(Package.name, Dependency.clause)
      .order(by: Package.name, Dependency.clause, Dependency.id)
  }

  /// The clauses that no installed package fulfils, asked for by NOT EXISTS: the package that asks, and the clause.
  ///
  /// - Parameter kinds: Which relations to look at.
  public func openClausesByNotExists(_ kinds: [RelationKind]) -> RomeQuery<(String, String)> {
    let fulfilled = session.query(Alternative.self)
      .join(Provision.self, on: Alternative.isFulfilled)
      .filter(Alternative.dependencyID == Dependency.id)
    return session.query(Package.self)
      .join(Package.dependencies)
      .filter(Dependency.kind.in(kinds), !exists(fulfilled))
      .select(Package.name, Dependency.clause)
      .order(by: Package.name, Dependency.clause, Dependency.id)
  }

  /// The clauses of some kinds, with their packages and their alternatives.
  private func clauses(_ kinds: [RelationKind]) -> RomeQuery<(Package, Dependency, Alternative)> {
    let dependencies = session.query(Package.self).join(Package.dependencies).filter(Dependency.kind.in(kinds))
    return dependencies.join(Dependency.alternatives)
  }
}
