// SPDX-License-Identifier: Apache-2.0

public import Rome

/// What a package says of others, by the field that says it.
public enum RelationKind: String, CaseIterable, ColumnValue, Sendable {
  /// They must be there before the package can be unpacked.
  case preDepends = "Pre-Depends"
  /// They must be there.
  case depends = "Depends"
  /// They are there in all but unusual installations.
  case recommends = "Recommends"
  /// They make the package more useful.
  case suggests = "Suggests"
  /// They become more useful with the package.
  case enhances = "Enhances"
  /// They can't be installed with the package.
  case conflicts = "Conflicts"
  /// They don't work with the package.
  case breaks = "Breaks"
  /// Files of theirs may be overwritten by the package.
  case replaces = "Replaces"
}

/// How a version must compare with the one of a relation.
public enum VersionRelation: String, ColumnValue, Sendable {
  /// Older.
  case earlier = "<<"
  /// Older or the same.
  case earlierOrEqual = "<="
  /// The same.
  case equal = "="
  /// Newer or the same.
  case laterOrEqual = ">="
  /// Newer.
  case later = ">>"

  /// Whether a version fulfils the relation to another one.
  ///
  /// - Parameters:
  ///   - version: The version that is there.
  ///   - bound: The version of the relation.
  public func holds(_ version: DebianVersion, _ bound: DebianVersion) -> Bool {
    switch self {
    case .earlier: version < bound
    case .earlierOrEqual: version <= bound
    case .equal: version == bound
    case .laterOrEqual: version >= bound
    case .later: version > bound
    }
  }
}

/// One clause of a relation field, such as `default-mta | mail-transport-agent (>= 2)`: one of its alternatives is enough.
public struct Relation: Sendable {
  /// A package that a clause names.
  public struct Alternative: Sendable {
    /// The name of a package, or one that packages provide.
    public var name: String
    /// What stands behind the colon in `python3:any`: `any` or an architecture.
    public var qualifier: String?
    /// How the version must compare with ``version``; nil when every version will do.
    public var relation: VersionRelation?
    /// The version to compare with.
    public var version: DebianVersion?
    /// The architectures in brackets that the alternative is for, those with `!` that it is not for.
    public var architectures: [String] = []
  }

  /// The field that the clause is of.
  public let kind: RelationKind
  /// The clause as it is written, with single blanks.
  public let text: String
  /// The alternatives in their order; there is at least one.
  public let alternatives: [Alternative]

  /// Reads the clauses of a field.
  ///
  /// - Parameters:
  ///   - kind: The field.
  ///   - value: Its value.
  /// - Throws: ``SyntaxError`` when it is none of a relation field.
  public static func parse(_ kind: RelationKind, _ value: String) throws(SyntaxError) -> [Relation] {
    var relations: [Relation] = []
    for clause in value.split(separator: ",") {
      let words = clause.split(whereSeparator: \.isWhitespace)
      // dpkg takes a comma behind the last clause.
      if words.isEmpty { continue }
      let text = words.joined(separator: " ")
      var alternatives: [Alternative] = []
      for part in text.split(separator: "|", omittingEmptySubsequences: false) {
        alternatives.append(try Alternative(part))
      }
      relations.append(Relation(kind: kind, text: text, alternatives: alternatives))
    }
    return relations
  }

  /// A clause, or a part of one, that can't be understood.
  public struct SyntaxError: Error, Hashable, Sendable {
    /// What is wrong.
    public let reason: String
  }
}
