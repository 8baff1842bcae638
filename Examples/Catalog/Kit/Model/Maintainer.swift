// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A person or a team that looks after packages.
@Entity("maintainers")
public final class Maintainer {
  /// The number that the store gives the maintainer.
  @PrimaryKey public var id: Int?
  /// The name and the mail address.
  @Unique public var name: String
  /// What the maintainer looks after.
  @ToMany(\Package.maintainerID) public var packages: [Package]
}
