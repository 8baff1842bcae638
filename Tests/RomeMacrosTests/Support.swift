// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacros
import SwiftSyntaxMacrosGenericTestSupport
import Testing

@testable import RomeMacros

/// Rome's macros by the names that users write.
let macros: [String: MacroSpec] = {
  var macros: [String: MacroSpec] = [
    "Entity": MacroSpec(type: EntityMacro.self, conformances: ["Rome.Entity"]),
    "Rome._Column": MacroSpec(type: ColumnAccessorMacro.self),
    "_Column": MacroSpec(type: ColumnAccessorMacro.self),
  ]
  for name in ["ToOne", "ToMany", "ManyToMany"] { macros[name] = MacroSpec(type: RelationshipMacro.self) }
  let markers = [
    "PrimaryKey", "Indexed", "Unique", "Column", "References", "CreatedAt", "UpdatedAt", "Deleted", "DeletedAt",
    "Transient",
  ]
  for name in markers { macros[name] = MacroSpec(type: MarkerMacro.self) }
  return macros
}()

/// Checks what a source expands to, and the errors that are reported for it.
func assertExpansion(
  _ source: String, _ expanded: String, diagnostics: [DiagnosticSpec] = [], applyFixIts: [String]? = nil,
  fixed: String? = nil, fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) {
  assertMacroExpansion(
    source, expandedSource: expanded, diagnostics: diagnostics, macroSpecs: macros, applyFixIts: applyFixIts,
    fixedSource: fixed, indentationWidth: .spaces(2),
    failureHandler: { failure in
      Issue.record(
        "\(failure.message)",
        sourceLocation: SourceLocation(
          fileID: String(describing: failure.location.fileID), filePath: String(describing: failure.location.filePath),
          line: failure.location.line, column: failure.location.column))
    },
    fileID: fileID, filePath: filePath, line: line, column: column)
}
