// SPDX-License-Identifier: Apache-2.0

import SwiftDiagnostics
import SwiftSyntax

/// Reads what the attributes of a column say.
struct ColumnAttributeParser {
  /// The type of the column.
  let type: TypeSyntax

  func parse(_ attributes: PropertyAttributes, into column: inout ColumnModel, _ problems: inout ProblemList) {
    for (attribute, node) in attributes.own {
      switch attribute {
      case .primaryKey: column.isPrimaryKey = true
      case .indexed: column.isIndexed = true
      case .unique: column.isUnique = true
      case .column: parseName(node, into: &column, &problems)
      case .references: parseReference(node, into: &column, &problems)
      case .createdAt, .updatedAt, .deleted, .deletedAt:
        column.role = attribute.role
        if let types = attribute.roleTypes, !types.contains(type.trimmedDescription) {
          let expected = types.filter { !$0.contains(".") }.sorted { ($0.count, $0) < ($1.count, $1) }
          problems.add(
            .roleType(
              attribute.rawValue, attribute == .deleted ? "Bool or an integer" : expected.joined(separator: " or ")),
            at: type)
        }
      case .transient, .toOne, .toMany, .manyToMany: break
      }
      if isJSON, [.primaryKey, .indexed, .unique, .references].contains(attribute) {
        problems.add(.json(attribute.rawValue), at: node)
      }
    }
    if column.isIndexed, column.isUnique, let node = attributes[.indexed] {
      problems.add(.redundant("Indexed", "Unique"), at: node)
    }
  }

  private var isJSON: Bool {
    let inner = type.optionalWrapped ?? type
    if let member = inner.as(MemberTypeSyntax.self) { return member.name.text == "JSON" }
    return inner.as(IdentifierTypeSyntax.self)?.name.text == "JSON"
  }

  private func parseName(_ node: AttributeSyntax, into column: inout ColumnModel, _ problems: inout ProblemList) {
    if let name = node.argumentList.first?.expression.stringLiteral, !name.isEmpty {
      column.columnName = name
    } else {
      problems.add(.columnName, at: node)
    }
  }

  private func parseReference(_ node: AttributeSyntax, into column: inout ColumnModel, _ problems: inout ProblemList) {
    guard let target = node.argumentList.first?.expression.as(MemberAccessExprSyntax.self),
      target.declName.baseName.tokenKind == .keyword(.self), let base = target.base
    else { return problems.add(.referenceTarget, at: node) }
    func argument(_ label: String) -> ExprSyntax? {
      node.argumentList.first { $0.label?.text == label }?.expression
    }
    let onDelete = argument("onDelete")
    if let action = onDelete?.as(MemberAccessExprSyntax.self), action.declName.baseName.text == "setNull",
      type.optionalWrapped == nil
    {
      problems.add(
        .setNull, at: type,
        fixIts: [FixIt("make the column optional", replace: type, by: type.trimmedDescription + "?")])
    }
    column.reference = ColumnModel.Reference(
      target: base.trimmedDescription, column: argument("column")?.trimmedDescription,
      onDelete: onDelete?.trimmedDescription)
  }
}
