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
    guard let model else {
      // The properties that could be read have accessors already: they need a state, or each would be an error more.
      let isClass = declaration.is(ClassDeclSyntax.self)
      return isClass ? MemberExpansion.stateMembers(access: "").map { DeclSyntax(stringLiteral: $0) } : []
    }
    return MemberExpansion(model: model).members.map { DeclSyntax(stringLiteral: $0) }
  }

  static func expansion(
    of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
    providingAttributesFor member: some DeclSyntaxProtocol, in context: some MacroExpansionContext
  ) -> [AttributeSyntax] {
    // The compiler asks once for each member, so this doesn't read the whole class.
    guard let variable = member.as(VariableDeclSyntax.self), declaration.is(ClassDeclSyntax.self),
      let name = PropertyParser.columnName(of: variable)
    else { return [] }
    var position = EntityArguments(node).mixins.count * MixinColumns.columnsOfEach
    for other in declaration.memberBlock.members {
      guard let property = other.decl.as(VariableDeclSyntax.self), let other = PropertyParser.columnName(of: property)
      else { continue }
      if other == name { break }
      position += 1
    }
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
