// SPDX-License-Identifier: Apache-2.0

import CatalogKit

/// The answers, computed from the records of the file by loops over loops: what the queries are compared with.
struct NaiveCatalog {
  let packages: [PackageRecord]
  let machine: String

  init(_ file: StatusFile) {
    packages = file.packages
    machine = file.architecture
  }

  /// A clause and the package that it is of.
  struct Clause: Hashable, Comparable {
    let package: String
    let text: String

    static func < (left: Clause, right: Clause) -> Bool {
      (Array(left.package.utf8), Array(left.text.utf8)) < (Array(right.package.utf8), Array(right.text.utf8))
    }
  }

  func sections(withAtLeast minimum: Int) -> Set<[String]> {
    var result: Set<[String]> = []
    for section in Set(packages.map(\.section)) {
      let sizes = packages.filter { $0.section == section }.map(\.installedSize)
      if sizes.count < minimum { continue }
      let known = sizes.compactMap(\.self)
      let sum = known.isEmpty ? "-" : "\(known.reduce(0, +))"
      result.insert([section ?? "-", "\(sizes.count)", sum, known.max().map { "\($0)" } ?? "-"])
    }
    return result
  }

  /// The largest packages of the sections that have a name.
  func largestPackages() -> Set<PackageID> {
    Set(
      packages.filter { package in
        guard let size = package.installedSize, let section = package.section else { return false }
        return packages.allSatisfy { $0.section != section || ($0.installedSize ?? 0) <= size }
      }.map(\.id))
  }

  /// All packages, the largest first, those of one size by name.
  func listing() -> [PackageID] {
    packages.sorted { left, right in
      if left.installedSize != right.installedSize { return (left.installedSize ?? -1) > (right.installedSize ?? -1) }
      return Array(left.name.utf8).lexicographicallyPrecedes(Array(right.name.utf8))
    }.map(\.id)
  }

  func maintainers() -> [String: Int] {
    var counts: [String: Int] = [:]
    for package in packages { if let name = package.maintainer { counts[name, default: 0] += 1 } }
    return counts
  }

  func openClauses(_ kinds: [RelationKind]) -> [Clause] {
    var result: [Clause] = []
    for package in packages {
      for relation in package.relations where kinds.contains(relation.kind) {
        let alternatives = relation.alternatives.filter { $0.applies(to: architecture(of: package)) }
        if alternatives.isEmpty { continue }
        let isOpen = !packages.contains { candidate in
          alternatives.contains { fulfils(candidate, $0, askedBy: package) }
        }
        if isOpen { result.append(Clause(package: package.name, text: relation.text)) }
      }
    }
    return result.sorted()
  }

  func dependents(of name: String) -> Set<Clause> {
    var result: Set<Clause> = []
    for target in packages where target.name == name {
      for package in packages where package.id != target.id {
        for relation in package.relations where relation.kind == .depends || relation.kind == .preDepends {
          if relation.alternatives.contains(where: { fulfils(target, $0, askedBy: package) }) {
            result.insert(Clause(package: package.name, text: relation.text))
          }
        }
      }
    }
    return result
  }

  private func architecture(of package: PackageRecord) -> String {
    package.architecture == "all" ? machine : package.architecture
  }

  private func fulfils(
    _ candidate: PackageRecord, _ alternative: Relation.Alternative, askedBy package: PackageRecord
  )
    -> Bool
  {
    guard alternative.applies(to: architecture(of: package)) else { return false }
    switch alternative.qualifier {
    case nil:
      guard candidate.multiArch == .foreign || architecture(of: candidate) == architecture(of: package) else {
        return false
      }
    case "any":
      guard candidate.multiArch == .foreign || candidate.multiArch == .allowed else { return false }
    case .some(let wanted):
      guard architecture(of: candidate) == wanted else { return false }
    }
    func fits(_ version: DebianVersion?) -> Bool {
      guard let relation = alternative.relation, let bound = alternative.version else { return true }
      return version.map { relation.holds($0, bound) } ?? false
    }
    if candidate.name == alternative.name, fits(candidate.version) { return true }
    return candidate.provides.contains { $0.name == alternative.name && fits($0.version) }
  }
}

/// Compares pairs of byte strings.
private func < (left: ([UInt8], [UInt8]), right: ([UInt8], [UInt8])) -> Bool {
  left.0 == right.0 ? left.1.lexicographicallyPrecedes(right.1) : left.0.lexicographicallyPrecedes(right.0)
}
