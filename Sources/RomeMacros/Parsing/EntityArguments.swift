// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// The arguments of `@Entity`.
struct EntityArguments {
  private(set) var table: ExprSyntax?
  private(set) var mixins: [ExprSyntax] = []
  private(set) var indexes: [ExprSyntax] = []
  private(set) var foreignKeys: [ExprSyntax] = []

  init(_ node: AttributeSyntax) {
    // Only the first of several values of a parameter has its label.
    var label = ""
    for argument in node.argumentList {
      label = argument.label?.text ?? label
      switch label {
      case "mixins": mixins.append(argument.expression)
      case "indexes": indexes.append(argument.expression)
      case "foreignKeys": foreignKeys.append(argument.expression)
      default: table = argument.expression
      }
    }
  }
}
