// SPDX-License-Identifier: Apache-2.0

/// The package database of a Debian machine: what dpkg knows of each package.
public struct StatusFile: Sendable {
  /// Where dpkg keeps it.
  public static let defaultPath = "/var/lib/dpkg/status"

  /// The packages that are installed, in the order of the file.
  public let packages: [PackageRecord]
  /// How many paragraphs are of packages that are not installed.
  public let notInstalled: Int
  /// The architecture of the machine: that of dpkg itself, or else of most packages.
  public let architecture: String

  /// Reads the database.
  ///
  /// - Parameter path: Where it is.
  /// - Throws: ``ControlFileError`` when it can't be read or understood.
  public init(path: String = StatusFile.defaultPath) throws(ControlFileError) {
    try self.init(ControlFile(path: path))
  }

  /// Reads the packages of a control file.
  ///
  /// - Parameter file: The file.
  /// - Throws: ``ControlFileError`` when a paragraph is none of a package, or a package is there twice.
  public init(_ file: ControlFile) throws(ControlFileError) {
    var packages: [PackageRecord] = []
    var lines: [PackageID: Int] = [:]
    for paragraph in file.paragraphs {
      guard let record = try PackageRecord(paragraph, file: file.name) else { continue }
      if let line = lines.updateValue(paragraph.line, forKey: record.id) {
        throw ControlFileError(
          file: file.name, line: paragraph.line, reason: "the package '\(record.id)' is there already, on line \(line)")
      }
      packages.append(record)
    }
    self.packages = packages
    notInstalled = file.paragraphs.count - packages.count
    architecture = Self.architecture(of: packages)
  }

  private static func architecture(of packages: [PackageRecord]) -> String {
    if let dpkg = packages.first(where: { $0.name == "dpkg" }) { return dpkg.architecture }
    let counts = Dictionary(grouping: packages.map(\.architecture).filter { $0 != "all" }) { $0 }.mapValues(\.count)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "all"
  }
}

/// What tells packages apart: several architectures of one can be installed beside each other.
public struct PackageID: Hashable, Sendable, CustomStringConvertible {
  /// The name of the package.
  public let name: String
  /// Its architecture.
  public let architecture: String

  /// Names a package.
  public init(name: String, architecture: String) {
    self.name = name
    self.architecture = architecture
  }

  /// The name and the architecture, as dpkg writes them.
  public var description: String { "\(name):\(architecture)" }
}

extension PackageRecord {
  /// What tells the package apart from others.
  public var id: PackageID { PackageID(name: name, architecture: architecture) }
}
