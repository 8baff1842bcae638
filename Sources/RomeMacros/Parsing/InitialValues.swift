// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

extension ExprSyntax {
  /// What is known of the value of the expression.
  var initialValue: ColumnModel.InitialValue {
    let text = trimmedDescription
    if isLiteral { return .literal(text) }
    if let member = self.as(MemberAccessExprSyntax.self), member.base == nil, text != ".now" { return .constant(text) }
    return .computed(text)
  }

  private var isLiteral: Bool {
    switch kind {
    case .integerLiteralExpr, .floatLiteralExpr, .booleanLiteralExpr, .nilLiteralExpr: return true
    case .stringLiteralExpr: return stringLiteral != nil
    case .prefixOperatorExpr:
      guard let prefixed = self.as(PrefixOperatorExprSyntax.self) else { return false }
      return prefixed.operator.text == "-" && prefixed.expression.isLiteral
    case .arrayExpr:
      return self.as(ArrayExprSyntax.self)?.elements.allSatisfy { $0.expression.isLiteral } ?? false
    case .dictionaryExpr:
      guard case .elements(let elements)? = self.as(DictionaryExprSyntax.self)?.content else { return true }
      return elements.allSatisfy { $0.key.isLiteral && $0.value.isLiteral }
    default: return false
    }
  }

  /// The type that Swift infers for a literal; nil when only the compiler knows.
  var inferredType: String? {
    switch kind {
    case .integerLiteralExpr: return "Int"
    case .floatLiteralExpr: return "Double"
    case .booleanLiteralExpr: return "Bool"
    case .stringLiteralExpr: return "String"
    case .prefixOperatorExpr: return self.as(PrefixOperatorExprSyntax.self)?.expression.inferredType
    case .functionCallExpr:
      // `UUID()`: an initialiser is called by the name of its type.
      guard let name = self.as(FunctionCallExprSyntax.self)?.calledExpression.as(DeclReferenceExprSyntax.self),
        name.baseName.text.first?.isUppercase == true
      else { return nil }
      return name.baseName.text
    default: return nil
    }
  }
}

extension TypeSyntax {
  /// The type inside an optional; nil for any other type.
  var optionalWrapped: TypeSyntax? {
    if let optional = self.as(OptionalTypeSyntax.self) { return optional.wrappedType }
    if let name = self.as(IdentifierTypeSyntax.self), name.name.text == "Optional",
      let argument = name.genericArgumentClause?.arguments.first?.argument
    {
      return TypeSyntax(argument)
    }
    return nil
  }

  /// The type of the elements of an array; nil for any other type.
  var arrayElement: TypeSyntax? {
    if let array = self.as(ArrayTypeSyntax.self) { return array.element }
    if let name = self.as(IdentifierTypeSyntax.self), name.name.text == "Array",
      let argument = name.genericArgumentClause?.arguments.first?.argument
    {
      return TypeSyntax(argument)
    }
    return nil
  }
}
