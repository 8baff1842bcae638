// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A name that an installed package can be asked for by: its own, or one that it provides ("virtual package").
@Entity("provisions")
public final class Provision {
  /// The number that the store gives the provision.
  @PrimaryKey public var id: Int?
  /// The package that provides, and takes the provision with it.
  @References(Package.self, onDelete: .cascade) public var packageID: Int
  /// The name.
  @Indexed public var name: String
  /// The version as it is written; nil fulfils no condition on a version.
  public var version: String?
  /// The version in its order.
  public var versionKey: VersionKey?
  /// The architecture of the package; that of the machine for a package of all architectures.
  public var architecture: String
  /// Whether other architectures can use the package.
  public var multiArch: MultiArch
  /// The package that provides.
  @ToOne(\Provision.packageID) public var package: Package?
}

/// Connects a package with an installed one that fulfils a dependency of it. The last step of loading computes these rows
/// from the dependencies, so that the packages can be walked from one to the other.
@Entity("requirements")
public final class Requirement {
  /// The package that depends.
  @PrimaryKey @References(Package.self, onDelete: .cascade) public var packageID: Int
  /// The package that it depends on.
  @PrimaryKey @References(Package.self, onDelete: .cascade) public var providerID: Int
}
