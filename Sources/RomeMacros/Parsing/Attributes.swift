// SPDX-License-Identifier: Apache-2.0

import SwiftParser
import SwiftSyntax

/// The names of Rome's attributes on properties.
enum PropertyAttribute: String {
  case primaryKey = "PrimaryKey"
  case indexed = "Indexed"
  case unique = "Unique"
  case column = "Column"
  case references = "References"
  case createdAt = "CreatedAt"
  case updatedAt = "UpdatedAt"
  case deleted = "Deleted"
  case deletedAt = "DeletedAt"
  case transient = "Transient"
  case toOne = "ToOne"
  case toMany = "ToMany"
  case manyToMany = "ManyToMany"

  /// The kind of relationship; nil for the attributes of columns.
  var relationship: RelationshipModel.Kind? { RelationshipModel.Kind(rawValue: rawValue) }

  /// The case of `ColumnRole`; nil when the attribute gives no role.
  var role: String? {
    switch self {
    case .createdAt: "createdAt"
    case .updatedAt: "updatedAt"
    case .deleted: "deleted"
    case .deletedAt: "deletedAt"
    default: nil
    }
  }

  /// The types that a column with the role can have; nil when the attribute gives no role.
  var roleTypes: Set<String>? {
    switch self {
    case .createdAt, .updatedAt: ["Date", "Date?", "Foundation.Date", "Foundation.Date?"]
    case .deletedAt: ["Date?", "Foundation.Date?"]
    case .deleted: ["Bool", "Int", "Int64", "Int32", "Int16", "Int8", "UInt32", "UInt16", "UInt8"]
    default: nil
    }
  }
}

/// The attributes of a property, sorted by whose they are.
struct PropertyAttributes {
  private(set) var own: [(attribute: PropertyAttribute, node: AttributeSyntax)] = []
  /// Attributes that are neither Rome's nor the compiler's.
  private(set) var foreign: [(name: String, node: AttributeSyntax)] = []

  init(_ list: AttributeListSyntax) {
    for element in list {
      guard case .attribute(let node) = element else { continue }
      let name = node.plainName
      if let attribute = PropertyAttribute(rawValue: name) {
        own.append((attribute, node))
      } else if name.first?.isUppercase == true {
        foreign.append((name, node))
      }
    }
  }

  subscript(attribute: PropertyAttribute) -> AttributeSyntax? {
    own.first { $0.attribute == attribute }?.node
  }
}

extension AttributeSyntax {
  /// The name without a module before it.
  var plainName: String {
    if let member = attributeName.as(MemberTypeSyntax.self) { return member.name.text }
    return attributeName.as(IdentifierTypeSyntax.self)?.name.text ?? attributeName.trimmedDescription
  }

  /// The arguments of the attribute.
  var argumentList: [LabeledExprSyntax] {
    guard case .argumentList(let list) = arguments else { return [] }
    return Array(list)
  }
}

extension ExprSyntax {
  /// The text of a string literal without interpolations; nil for any other expression.
  var stringLiteral: String? {
    self.as(StringLiteralExprSyntax.self)?.representedLiteralValue
  }
}
