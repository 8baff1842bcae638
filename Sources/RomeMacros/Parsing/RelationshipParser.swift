// SPDX-License-Identifier: Apache-2.0

import SwiftDiagnostics
import SwiftSyntax

/// Reads a property that is a relationship.
struct RelationshipParser {
  /// The name of the class.
  let className: String
  /// The property in code.
  let property: String
  /// The type of the property.
  let type: TypeSyntax

  func parse(
    _ attributes: PropertyAttributes, _ binding: PatternBindingSyntax, _ access: AccessLevel?,
    _ problems: inout ProblemList
  ) -> ParsedProperty {
    guard let (attribute, node) = attributes.own.first(where: { $0.attribute.relationship != nil }),
      let kind = attribute.relationship
    else { return .none }
    if let initializer = binding.initializer { problems.add(.initialValue(kind.rawValue), at: initializer) }
    let target = target(of: kind, &problems)
    let paths = paths(node, kind, &problems)
    guard let target, let paths else { return .none }
    return .relationship(
      RelationshipModel(kind: kind, property: property, target: target, paths: paths, access: access))
  }

  private func target(of kind: RelationshipModel.Kind, _ problems: inout ProblemList) -> String? {
    let text = type.trimmedDescription
    switch kind {
    case .toOne:
      if let target = type.optionalWrapped { return target.trimmedDescription }
      problems.add(
        .toOneOptional, at: type, fixIts: [FixIt("make the type optional", replace: type, by: text + "?")])
    case .toMany, .manyToMany:
      if let target = type.arrayElement { return target.trimmedDescription }
      problems.add(
        .array(kind.rawValue), at: type,
        fixIts: [
          FixIt(
            "make the type an array", replace: type, by: "[\(type.optionalWrapped?.trimmedDescription ?? text)]")
        ])
    }
    return nil
  }

  private func paths(
    _ node: AttributeSyntax, _ kind: RelationshipModel.Kind, _ problems: inout ProblemList
  ) -> [RelationshipModel.Path]? {
    var paths: [RelationshipModel.Path] = []
    for argument in node.argumentList {
      guard let path = RelationshipModel.Path(argument.expression) else {
        problems.add(.keyPath(kind.rawValue), at: argument.expression)
        return nil
      }
      if kind == .toOne, path.root != className, !path.root.hasSuffix(".\(className)") {
        problems.add(
          .ownKeyPath("\(className).\(path.property)"), at: argument.expression,
          fixIts: [
            FixIt(
              "start at '\(className)'", replace: argument.expression, by: "\\\(className).\(path.property)")
          ])
        return nil
      }
      paths.append(path)
    }
    if paths.isEmpty {
      problems.add(.keyPath(kind.rawValue), at: node)
      return nil
    }
    if kind == .manyToMany, paths.count != 2 {
      problems.add(.severalLinks, at: node)
      return nil
    }
    return paths
  }
}

extension RelationshipModel.Path {
  /// Reads a key path with a class and one property.
  init?(_ expression: ExprSyntax) {
    guard let path = expression.as(KeyPathExprSyntax.self), let root = path.root,
      path.components.allSatisfy({ $0.component.is(KeyPathPropertyComponentSyntax.self) }),
      let last = path.components.last?.component.as(KeyPathPropertyComponentSyntax.self),
      last.declName.baseName.tokenKind != .keyword(.self)
    else { return nil }
    // The parser can't tell the classes before the property from properties: `\Library.Book.authorID`.
    let nested = path.components.dropLast().map { "." + $0.component.trimmedDescription }.joined()
    guard nested.split(separator: ".").allSatisfy({ $0.first?.isUppercase == true }) else { return nil }
    self.root = root.trimmedDescription + nested
    property = last.declName.baseName.text
  }
}
