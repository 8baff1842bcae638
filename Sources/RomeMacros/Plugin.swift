// SPDX-License-Identifier: Apache-2.0

import SwiftCompilerPlugin
import SwiftSyntaxMacros

@main
struct RomeMacrosPlugin: CompilerPlugin {
  let providingMacros: [any Macro.Type] = [
    ColumnAccessorMacro.self, EntityMacro.self, MarkerMacro.self, RelationshipMacro.self,
  ]
}
