// SPDX-License-Identifier: Apache-2.0

public import Rome

/// An installed package.
@Entity(
  "packages", indexes: .unique("name", "architecture"), .index("section", .descending("installed_size")),
  .index(.descending("installed_size"), "name"))
public final class Package {
  /// The number that the store gives the package.
  @PrimaryKey public var id: Int?
  /// The name, unique for an architecture.
  public var name: String
  /// What processors it runs on, or `all`.
  public var architecture: String
  /// The version as it is written.
  public var version: String
  /// Which part of the archive it belongs to.
  public var section: String?
  /// How important it is.
  public var priority: String?
  /// The disk space that it takes, in KiB.
  public var installedSize: Int?
  /// Whether other architectures can use it.
  public var multiArch: MultiArch
  /// What it is, in one line.
  public var summary: String?
  /// Who looks after it.
  @References(Maintainer.self) public var maintainerID: Int?
  /// Who looks after it.
  @ToOne(\Package.maintainerID) public var maintainer: Maintainer?
  /// What it says of other packages, a row for each clause.
  @ToMany(\Dependency.packageID) public var dependencies: [Dependency]
  /// The names that it can be asked for by; its own is one of them.
  @ToMany(\Provision.packageID) public var provisions: [Provision]
  /// The installed packages that it can't be without.
  @ManyToMany(\Requirement.packageID, \Requirement.providerID) public var requirements: [Package]
  /// The installed packages that can't be without it, or without another one in its place.
  @ManyToMany(\Requirement.providerID, \Requirement.packageID) public var dependents: [Package]
}
