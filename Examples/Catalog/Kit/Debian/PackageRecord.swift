// SPDX-License-Identifier: Apache-2.0

public import Rome

/// Whether packages of several architectures can be installed beside each other.
public enum MultiArch: String, ColumnValue, Sendable {
  /// They can't, and the package serves its own architecture only.
  case no
  /// They can.
  case same
  /// They can't, and the package serves all architectures.
  case foreign
  /// They can't, and whoever depends on it says which architectures will do.
  case allowed
}

/// What the status file says of one package.
public struct PackageRecord: Sendable {
  /// A name that a package provides beside its own.
  public struct Provided: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The version that it is provided in; nil fulfils no condition on a version.
    public let version: DebianVersion?
  }

  /// The name of the package.
  public let name: String
  /// What processors it runs on, or `all`.
  public let architecture: String
  /// Its version.
  public let version: DebianVersion
  /// Which part of the archive it belongs to.
  public let section: String?
  /// How important it is.
  public let priority: String?
  /// The disk space that it takes, in KiB.
  public let installedSize: Int?
  /// Whether other architectures can use it.
  public let multiArch: MultiArch
  /// Who looks after it: a name and a mail address.
  public let maintainer: String?
  /// What it is, in one line.
  public let summary: String?
  /// The names that it provides beside its own.
  public let provides: [Provided]
  /// What it says of other packages, by the order of ``RelationKind`` and of the clauses.
  public let relations: [Relation]

  /// Reads a paragraph of the status file.
  ///
  /// - Parameters:
  ///   - paragraph: The paragraph.
  ///   - file: The name of the file, for errors.
  /// - Returns: nil when the package is not installed, or not wholly: of such ones dpkg keeps paragraphs, too.
  /// - Throws: ``ControlFileError`` when a field is missing or can't be understood.
  public init?(_ paragraph: ControlFile.Paragraph, file: String) throws(ControlFileError) {
    let reader = FieldReader(paragraph: paragraph, file: file)
    name = try reader.required("Package")
    let status = try reader.required("Status").split(separator: " ")
    guard status.count == 3, let state = status.last else {
      throw reader.error("Status", "a status is three words")
    }
    guard ["installed", "triggers-awaited", "triggers-pending"].contains(state) else { return nil }
    architecture = try reader.required("Architecture")
    version = try reader.version("Version", reader.required("Version"))
    section = reader.text("Section")
    priority = reader.text("Priority")
    installedSize = try reader.number("Installed-Size")
    let multiArch = reader.text("Multi-Arch")
    guard let known = MultiArch(rawValue: multiArch ?? "no") else {
      throw reader.error("Multi-Arch", "it is 'no', 'same', 'foreign' or 'allowed'")
    }
    self.multiArch = known
    maintainer = reader.text("Maintainer")
    summary = reader.text("Description")?.split(separator: "\n").first.map(String.init)
    provides = try reader.provides()
    relations = try reader.relations()
  }
}

extension DebianVersion: Hashable {
  /// Feeds what makes two versions the same to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(VersionKey(self))
  }
}

/// Reads the fields of a paragraph, with errors that say where.
private struct FieldReader {
  let paragraph: ControlFile.Paragraph
  let file: String

  func text(_ name: String) -> String? {
    guard let value = paragraph[name]?.value, !value.isEmpty else { return nil }
    return value
  }

  func required(_ name: String) throws(ControlFileError) -> String {
    guard let value = text(name) else { throw error(name, "the package has no field '\(name)'") }
    return value
  }

  func number(_ name: String) throws(ControlFileError) -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text), number >= 0 else { throw error(name, "'\(text)' is no number of KiB") }
    return number
  }

  func version(_ field: String, _ text: String) throws(ControlFileError) -> DebianVersion {
    guard let version = DebianVersion(text) else { throw error(field, "'\(text)' is no version") }
    return version
  }

  func provides() throws(ControlFileError) -> [PackageRecord.Provided] {
    var result: [PackageRecord.Provided] = []
    for relation in try clauses("Provides", .depends) {
      guard relation.alternatives.count == 1, let provided = relation.alternatives.first,
        provided.relation == nil || provided.relation == .equal
      else { throw error("Provides", "'\(relation.text)' is no name, with '(= version)' or without") }
      result.append(PackageRecord.Provided(name: provided.name, version: provided.version))
    }
    return result
  }

  func relations() throws(ControlFileError) -> [Relation] {
    var result: [Relation] = []
    for kind in RelationKind.allCases { result += try clauses(kind.rawValue, kind) }
    return result
  }

  private func clauses(_ field: String, _ kind: RelationKind) throws(ControlFileError) -> [Relation] {
    guard let value = text(field) else { return [] }
    do {
      return try Relation.parse(kind, value)
    } catch {
      throw self.error(field, "\(field): \(error.reason)")
    }
  }

  func error(_ field: String, _ reason: String) -> ControlFileError {
    ControlFileError(file: file, line: paragraph[field]?.line ?? paragraph.line, reason: reason)
  }
}
