// SPDX-License-Identifier: Apache-2.0

import SwiftDiagnostics
import SwiftSyntax

/// Checks that what names columns names columns of the class.
struct ReferenceChecker {
  let columns: [ColumnModel]

  func check(
    _ arguments: EntityArguments, _ relationships: [(relationship: RelationshipModel, node: Syntax)],
    _ problems: inout ProblemList
  ) {
    for expression in arguments.indexes + arguments.foreignKeys {
      for name in names(in: expression) { check(name, &problems) }
    }
    for (relationship, node) in relationships where relationship.kind == .toOne {
      for path in relationship.paths where !columns.contains(where: { $0.plainName == path.property }) {
        problems.add(.unknownProperty(path.property), at: node)
      }
    }
  }

  /// The expressions of columns in `.index("shelf", .descending("price"))`; those that are computed can't be checked here.
  private func names(in expression: ExprSyntax) -> [ExprSyntax] {
    guard let call = expression.as(FunctionCallExprSyntax.self) else { return [] }
    return call.arguments.prefix { $0.label == nil }.map { argument in
      let part = argument.expression.as(FunctionCallExprSyntax.self)?.arguments.first?.expression
      return part ?? argument.expression
    }
  }

  private func check(_ expression: ExprSyntax, _ problems: inout ProblemList) {
    guard let name = expression.stringLiteral, !columns.contains(where: { $0.columnName == name }) else { return }
    if let column = columns.first(where: { $0.plainName == name }) {
      problems.add(
        .propertyForColumn(name, column.columnName), at: expression,
        fixIts: [FixIt("write '\(column.columnName)'", replace: expression, by: "\"\(column.columnName)\"")])
    } else {
      problems.add(.unknownColumn(name), at: expression)
    }
  }
}
