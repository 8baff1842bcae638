// SPDX-License-Identifier: Apache-2.0

import SwiftDiagnostics
import SwiftSyntax

/// Reads a class with `@Entity`.
struct EntityParser {
  /// The attribute.
  let node: AttributeSyntax
  /// What it is attached to.
  let declaration: any DeclGroupSyntax

  /// The model of the class; nil when something is wrong with it.
  func parse(_ problems: inout ProblemList) -> EntityModel? {
    guard let type = checkedClass(&problems) else { return nil }
    let arguments = EntityArguments(node)
    checkTable(arguments, of: type, &problems)
    let mixins = arguments.mixins.flatMap { MixinColumns.columns(of: $0, &problems) }
    var columns: [(column: ColumnModel, node: Syntax)] = mixins.map { ($0.column, Syntax($0.node)) }
    var relationships: [(relationship: RelationshipModel, node: Syntax)] = []
    var initializers: [[String]] = []
    let parser = PropertyParser(className: type.name.text)
    for member in type.memberBlock.members {
      if let variable = member.decl.as(VariableDeclSyntax.self) {
        switch parser.parse(variable, &problems) {
        case .column(let column): columns.append((column, Syntax(variable.bindings)))
        case .relationship(let relationship): relationships.append((relationship, Syntax(variable.bindings)))
        case .none: break
        }
      } else if let initializer = member.decl.as(InitializerDeclSyntax.self) {
        initializers.append(initializer.signature.parameterClause.parameters.map(\.firstName.text))
      } else if let conditional = member.decl.as(IfConfigDeclSyntax.self) {
        checkConditional(conditional, parser, &problems)
      }
    }
    checkColumns(columns, of: type, &problems)
    let model = EntityModel(
      name: type.name.text, access: AccessLevel(type.modifiers) ?? .internal,
      table: arguments.table?.trimmedDescription ?? "", columns: columns.map(\.column),
      relationships: relationships.map(\.relationship), indexes: arguments.indexes.map(\.trimmedDescription),
      foreignKeys: arguments.foreignKeys.map(\.trimmedDescription), initializers: initializers)
    // What names columns can only be checked when all of them could be read.
    if problems.isEmpty {
      ReferenceChecker(columns: model.columns).check(arguments, relationships, &problems)
    }
    return problems.isEmpty ? model : nil
  }

  private func checkedClass(_ problems: inout ProblemList) -> ClassDeclSyntax? {
    guard let type = declaration.as(ClassDeclSyntax.self) else {
      let fixIts = declaration.as(StructDeclSyntax.self).map {
        [FixIt("make it a final class", replace: $0.structKeyword, by: "final class")]
      }
      problems.add(.notAClass, at: declaration.introducer, fixIts: fixIts ?? [])
      return nil
    }
    if !type.modifiers.contains(where: { $0.name.tokenKind == .keyword(.final) }) {
      problems.add(
        .notFinal, at: type.name, fixIts: [FixIt("add 'final'", replace: type.classKeyword, by: "final class")])
    }
    if let parameters = type.genericParameterClause { problems.add(.generic, at: parameters) }
    return type
  }

  private func checkTable(_ arguments: EntityArguments, of type: ClassDeclSyntax, _ problems: inout ProblemList) {
    if let table = arguments.table, table.stringLiteral != "" { return }
    var fixIts: [FixIt] = []
    if node.argumentList.isEmpty {
      fixIts.append(
        FixIt(
          "name the table '\(type.name.text.snakeCased)s'", replace: node,
          by: "@Entity(\"\(type.name.text.snakeCased)s\")")
      )
    }
    problems.add(.noTable, at: node, fixIts: fixIts)
  }

  /// Macros don't reach into `#if`, so a column there would be a stored property that no row has.
  private func checkConditional(
    _ conditional: IfConfigDeclSyntax, _ parser: PropertyParser, _ problems: inout ProblemList
  ) {
    for clause in conditional.clauses {
      guard case .decls(let members)? = clause.elements else { continue }
      for variable in members.compactMap({ $0.decl.as(VariableDeclSyntax.self) }) {
        let isTransient = PropertyAttributes(variable.attributes)[.transient] != nil
        if !isTransient, !variable.isStatic, variable.bindings.contains(where: { !$0.isComputed }) {
          problems.add(.conditionalColumn, at: variable)
        }
      }
    }
  }

  private func checkColumns(
    _ columns: [(column: ColumnModel, node: Syntax)], of type: ClassDeclSyntax, _ problems: inout ProblemList
  ) {
    var names: Set<String> = []
    for (column, node) in columns where !names.insert(column.columnName).inserted {
      problems.add(.duplicateColumn(column.columnName), at: node)
    }
    let key = columns.filter { $0.column.isPrimaryKey }
    // A property that could not be read may have been the key.
    if key.isEmpty, problems.isEmpty {
      problems.add(.noPrimaryKey, at: type.name)
    } else if key.count == 1 {
      if key[0].column.isIndexed { problems.add(.redundant("Indexed", "PrimaryKey"), at: key[0].node) }
      if key[0].column.isUnique { problems.add(.redundant("Unique", "PrimaryKey"), at: key[0].node) }
    } else {
      for (column, node) in key where column.isOptional { problems.add(.optionalKey, at: node) }
    }
  }
}
