// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// Makes a property read and write the column whose position `@Entity` has put into the attribute.
struct ColumnAccessorMacro: AccessorMacro {
  static func expansion(
    of node: AttributeSyntax, providingAccessorsOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) -> [AccessorDeclSyntax] {
    guard let position = node.argumentList.first?.expression.trimmedDescription else { return [] }
    return accessors(position).map { AccessorDeclSyntax(stringLiteral: $0) }
  }

  /// The getter and the setter of the column at a position.
  static func accessors(_ position: String) -> [String] {
    ["get { entityState[\(position)] }", "set { entityState[\(position)] = newValue }"]
  }
}
