// SPDX-License-Identifier: Apache-2.0

public import Rome

/// One clause of what a package says of others, such as `default-mta | mail-transport-agent`.
@Entity("dependencies", indexes: .index("package_id", "kind", "position"))
public final class Dependency {
  /// The number that the store gives the clause.
  @PrimaryKey public var id: Int?
  /// The package that the clause is of, and goes with.
  @References(Package.self, onDelete: .cascade) public var packageID: Int
  /// The field that the clause is of.
  @Indexed public var kind: RelationKind
  /// The place of the clause among all of its package.
  public var position: Int
  /// The clause as it is written.
  public var clause: String
  /// The package that the clause is of.
  @ToOne(\Dependency.packageID) public var package: Package?
  /// The packages that the clause names: one of them is enough.
  @ToMany(\Alternative.dependencyID) public var alternatives: [Alternative]
}

/// A package that a clause names.
@Entity("alternatives")
public final class Alternative {
  /// The number that the store gives the alternative.
  @PrimaryKey public var id: Int?
  /// The clause that the alternative is of, and goes with.
  @References(Dependency.self, onDelete: .cascade) public var dependencyID: Int
  /// The name that some package must have or provide.
  @Indexed public var name: String
  /// The architecture that the package must be of; `any` when that is written.
  public var architecture: String
  /// Whether the architecture is written, and not just that of the package that asks.
  public var isQualified: Bool
  /// How the version must compare; nil when every version will do.
  public var relation: VersionRelation?
  /// The version to compare with.
  public var versionKey: VersionKey?
  /// The clause that the alternative is of.
  @ToOne(\Alternative.dependencyID) public var dependency: Dependency?
}
