// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// The columns that mixins add.
enum MixinColumns {
  /// The number of columns that each of the mixins has.
  static let columnsOfEach = 2

  /// The columns of `.timestamps`, `.softDelete(.id)` or `.softDelete(.flag)`.
  static func columns(
    of mixin: ExprSyntax, _ problems: inout ProblemList
  ) -> [(column: ColumnModel, node: ExprSyntax)] {
    let columns: [ColumnModel]
    switch mixin.trimmedDescription.split(separator: ".").joined(separator: ".") {
    case "timestamps", "EntityMixin.timestamps":
      columns = [column("createdAt", date, "createdAt"), column("updatedAt", date, "updatedAt")]
    case "softDelete(.id)", "EntityMixin.softDelete(.id)":
      columns = [column("deleted", "Swift.Int", "deleted", .literal("0")), column("deletedAt", date, "deletedAt")]
    case "softDelete(.flag)", "EntityMixin.softDelete(.flag)":
      columns = [column("deleted", "Swift.Bool", "deleted", .literal("false")), column("deletedAt", date, "deletedAt")]
    default:
      problems.add(.unknownMixin, at: mixin)
      return []
    }
    return columns.map { ($0, mixin) }
  }

  /// Rome's name of `Date?`: the file of the class may not import Foundation.
  private static let date = "Rome.EntityMixin.Date?"

  private static func column(
    _ property: String, _ type: String, _ role: String, _ value: ColumnModel.InitialValue = .none
  ) -> ColumnModel {
    var column = ColumnModel(property: property, columnName: property.snakeCased, type: type)
    column.isOptional = type.hasSuffix("?")
    column.initialValue = value
    column.role = role
    column.isMixin = true
    return column
  }
}
