// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// Makes a class an entity. Errors are reported once, by the role that adds the members.
struct EntityMacro: MemberMacro, MemberAttributeMacro, ExtensionMacro {
  static func expansion(
    of node: AttributeSyntax, providingMembersOf declaration: some DeclGroupSyntax,
    conformingTo protocols: [TypeSyntax], in context: some MacroExpansionContext
  ) -> [DeclSyntax] {
    var problems = ProblemList()
    let model = EntityParser(node: node, declaration: declaration).parse(&problems)
    for diagnostic in problems.diagnostics { context.diagnose(diagnostic) }
    guard let model else { return [] }
    return MemberExpansion(model: model).members.map { DeclSyntax(stringLiteral: $0) }
  }

  static func expansion(
    of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
    providingAttributesFor member: some DeclSyntaxProtocol, in context: some MacroExpansionContext
  ) -> [AttributeSyntax] {
    guard let variable = member.as(VariableDeclSyntax.self),
      let pattern = variable.bindings.first?.pattern.as(IdentifierPatternSyntax.self), !variable.isStatic
    else { return [] }
    var problems = ProblemList()
    guard let model = EntityParser(node: node, declaration: declaration).parse(&problems),
      let position = model.position(ofProperty: pattern.identifier.text)
    else { return [] }
    return ["@Rome._Column(\(raw: position))"]
  }

  static func expansion(
    of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
    providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
    in context: some MacroExpansionContext
  ) throws -> [ExtensionDeclSyntax] {
    var problems = ProblemList()
    guard !protocols.isEmpty, EntityParser(node: node, declaration: declaration).parse(&problems) != nil else {
      return []
    }
    return [try ExtensionDeclSyntax("extension \(type.trimmed): Rome.Entity {}")]
  }
}
