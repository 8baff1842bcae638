// SPDX-License-Identifier: Apache-2.0

import SwiftDiagnostics
import SwiftSyntax

/// What a member of a class is to its entity.
enum ParsedProperty {
  case column(ColumnModel)
  case relationship(RelationshipModel)
  /// A computed, static or transient property, or one with an error.
  case none
}

/// Reads one property of a class.
struct PropertyParser {
  /// The name of the class.
  let className: String
  /// The names that members of every entity have.
  static let reservedNames: Set<String> = [
    "entityState", "schema", "tableName", "columnNames", "snapshot", "toDictionary", "self", "Type",
  ]

  /// The property in code when it is a column. That is what ``parse(_:_:)`` finds, without its checks.
  static func columnName(of variable: VariableDeclSyntax) -> String? {
    guard variable.bindings.count == 1, let binding = variable.bindings.first, binding.typeAnnotation != nil,
      let pattern = binding.pattern.as(IdentifierPatternSyntax.self), binding.accessorBlock == nil, !variable.isStatic,
      variable.bindingSpecifier.tokenKind == .keyword(.var)
    else { return nil }
    for element in variable.attributes {
      guard case .attribute(let node) = element, let attribute = PropertyAttribute(rawValue: node.plainName) else {
        continue
      }
      if attribute == .transient || attribute.relationship != nil { return nil }
    }
    return pattern.identifier.text
  }

  func parse(_ variable: VariableDeclSyntax, _ problems: inout ProblemList) -> ParsedProperty {
    let attributes = PropertyAttributes(variable.attributes)
    checkContradictions(attributes, &problems)
    guard let binding = variable.bindings.first else { return .none }
    if let transient = attributes[.transient] {
      checkTransient(variable, binding, transient, &problems)
      return .none
    }
    if variable.isStatic || binding.isComputed {
      for (attribute, node) in attributes.own { problems.add(.notStored(attribute.rawValue), at: node) }
      return .none
    }
    if variable.bindings.count > 1 {
      problems.add(.severalProperties, at: variable.bindings)
      return .none
    }
    guard let pattern = binding.pattern.as(IdentifierPatternSyntax.self) else {
      problems.add(.notAName, at: binding.pattern)
      return .none
    }
    let isRelationship = attributes.own.contains { $0.attribute.relationship != nil }
    checkDeclaration(variable, binding, pattern, attributes, &problems)
    guard let type = type(of: binding, pattern, &problems) else { return .none }
    let property = pattern.identifier.text
    if isRelationship {
      let parser = RelationshipParser(className: className, property: property, type: type)
      return parser.parse(attributes, binding, AccessLevel(variable.modifiers), &problems)
    }
    var column = ColumnModel(
      property: property, columnName: property.filter { $0 != "`" }.snakeCased, type: type.trimmedDescription)
    column.isOptional = type.optionalWrapped != nil
    column.initialValue = binding.initializer?.value.initialValue ?? .none
    column.access = AccessLevel(variable.modifiers)
    ColumnAttributeParser(type: type).parse(attributes, into: &column, &problems)
    return .column(column)
  }

  private func checkTransient(
    _ variable: VariableDeclSyntax, _ binding: PatternBindingSyntax, _ attribute: AttributeSyntax,
    _ problems: inout ProblemList
  ) {
    for binding in variable.bindings where !variable.isStatic && !binding.isComputed {
      let isOptionalVariable =
        binding.typeAnnotation?.type.optionalWrapped != nil && variable.bindingSpecifier.tokenKind == .keyword(.var)
      if binding.initializer == nil, !isOptionalVariable { problems.add(.transientNeedsValue, at: binding.pattern) }
    }
  }

  /// The first pair of attributes that can't stand together is an error.
  private func checkContradictions(_ attributes: PropertyAttributes, _ problems: inout ProblemList) {
    let own = attributes.own
    for (position, second) in own.enumerated() {
      for first in own[..<position] {
        let oneExcludesAll = [first, second].contains {
          $0.attribute.relationship != nil || $0.attribute == .transient
        }
        let bothAreRoles = first.attribute.role != nil && second.attribute.role != nil
        if oneExcludesAll || bothAreRoles || first.attribute == second.attribute {
          return problems.add(.contradiction(first.attribute.rawValue, second.attribute.rawValue), at: second.node)
        }
      }
    }
  }

  private func checkDeclaration(
    _ variable: VariableDeclSyntax, _ binding: PatternBindingSyntax, _ pattern: IdentifierPatternSyntax,
    _ attributes: PropertyAttributes, _ problems: inout ProblemList
  ) {
    for modifier in variable.modifiers where ["lazy", "weak", "unowned"].contains(modifier.name.text) {
      problems.add(.modifier(modifier.name.text), at: modifier)
    }
    if variable.bindingSpecifier.tokenKind == .keyword(.let) {
      problems.add(
        .constant, at: variable.bindingSpecifier,
        fixIts: [FixIt("replace 'let' by 'var'", replace: variable.bindingSpecifier, by: "var")])
    }
    if let accessors = binding.accessorBlock { problems.add(.observed, at: accessors) }
    for (name, node) in attributes.foreign { problems.add(.foreignAttribute(name), at: node) }
    let name = pattern.identifier.text.filter { $0 != "`" }
    if Self.reservedNames.contains(name) { problems.add(.reserved(name), at: pattern) }
  }

  private func type(
    of binding: PatternBindingSyntax, _ pattern: IdentifierPatternSyntax, _ problems: inout ProblemList
  ) -> TypeSyntax? {
    guard let type = binding.typeAnnotation?.type else {
      let guess = binding.initializer?.value.inferredType ?? "<#type#>"
      problems.add(
        .noType, at: pattern,
        fixIts: [FixIt("write the type", replace: pattern, by: "\(pattern.identifier.text): \(guess)")])
      return nil
    }
    if let unwrapped = type.as(ImplicitlyUnwrappedOptionalTypeSyntax.self) {
      problems.add(
        .implicitlyUnwrapped, at: type,
        fixIts: [
          FixIt("replace '!' by '?'", replace: type, by: unwrapped.wrappedType.trimmedDescription + "?")
        ])
      return nil
    }
    return type
  }
}

extension VariableDeclSyntax {
  /// Whether the property belongs to the type.
  var isStatic: Bool {
    modifiers.contains { $0.name.tokenKind == .keyword(.static) || $0.name.tokenKind == .keyword(.class) }
  }
}

extension PatternBindingSyntax {
  /// Whether the property is computed; one with observers is not.
  var isComputed: Bool {
    switch accessorBlock?.accessors {
    case .none: false
    case .getter: true
    case .accessors(let list):
      !list.allSatisfy { ["willSet", "didSet"].contains($0.accessorSpecifier.text) }
    }
  }
}
