// SPDX-License-Identifier: Apache-2.0

extension PackageRecord {
  /// All names that the package can be asked for by: first its own, with its version.
  var provisions: [Provided] {
    [Provided(name: name, version: version)] + provides
  }

  /// The architecture that the package runs as: that of the machine for a package of all architectures.
  func architecture(on machine: String) -> String {
    architecture == "all" ? machine : architecture
  }

  /// The clauses that count on an architecture, with the alternatives that do.
  func relations(on architecture: String) -> [Relation] {
    relations.compactMap { relation in
      let alternatives = relation.alternatives.filter { $0.applies(to: architecture) }
      return alternatives.isEmpty ? nil : Relation(kind: relation.kind, text: relation.text, alternatives: alternatives)
    }
  }
}

extension Package {
  /// Makes the package of a record.
  convenience init(_ record: PackageRecord, maintainerID: Int?) {
    self.init(
      name: record.name, architecture: record.architecture, version: record.version.text, section: record.section,
      priority: record.priority, installedSize: record.installedSize, multiArch: record.multiArch,
      summary: record.summary, maintainerID: maintainerID)
  }

  /// Takes over what a record says, but for what tells the package apart.
  func assign(_ record: PackageRecord, maintainerID: Int?) {
    version = record.version.text
    section = record.section
    priority = record.priority
    installedSize = record.installedSize
    multiArch = record.multiArch
    summary = record.summary
    self.maintainerID = maintainerID
  }
}

extension Provision {
  /// Makes a name that a package provides.
  convenience init(
    _ provided: PackageRecord.Provided, of record: PackageRecord, packageID: Int, architecture: String
  ) {
    self.init(
      packageID: packageID, name: provided.name, version: provided.version?.text,
      versionKey: provided.version.map(VersionKey.init), architecture: architecture, multiArch: record.multiArch)
  }
}

extension Alternative {
  /// Makes an alternative of a clause.
  ///
  /// - Parameters:
  ///   - alternative: What is written.
  ///   - dependencyID: The clause.
  ///   - architecture: The architecture of the package that asks.
  convenience init(_ alternative: Relation.Alternative, dependencyID: Int, architecture: String) {
    self.init(
      dependencyID: dependencyID, name: alternative.name, architecture: alternative.qualifier ?? architecture,
      isQualified: alternative.qualifier != nil, relation: alternative.relation,
      versionKey: alternative.version.map(VersionKey.init))
  }
}
