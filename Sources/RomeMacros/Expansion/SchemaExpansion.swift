// SPDX-License-Identifier: Apache-2.0

/// Writes the expression of an entity's schema.
struct SchemaExpansion {
  let model: EntityModel

  var expression: String {
    var arguments = ["table: tableName", "columns: [\n" + list(model.columns.map(column)) + "\n  ]"]
    let key = model.columns.filter(\.isPrimaryKey).map { quoted($0.columnName) }
    arguments.append("primaryKey: [\(key.joined(separator: ", "))]")
    let indexes = model.columns.compactMap(index) + model.indexes
    if !indexes.isEmpty { arguments.append("indexes: [\n" + list(indexes) + "\n  ]") }
    let foreignKeys = model.columns.compactMap(foreignKey) + model.foreignKeys
    if !foreignKeys.isEmpty { arguments.append("foreignKeys: [\n" + list(foreignKeys) + "\n  ]") }
    return "Rome.EntitySchema(\n" + arguments.map { "  " + $0 }.joined(separator: ",\n") + ")"
  }

  private func list(_ elements: [String]) -> String {
    elements.map { "    " + $0 }.joined(separator: ",\n")
  }

  private func quoted(_ text: String) -> String {
    let isRaw = text.contains("\"") || text.contains("\\")
    return isRaw ? "#\"\(text)\"#" : "\"\(text)\""
  }

  private func column(_ column: ColumnModel) -> String {
    var arguments = [quoted(column.columnName), column.type + ".self"]
    if column.plainName != column.columnName { arguments.append("property: \"\(column.plainName)\"") }
    if let role = column.role { arguments.append("role: .\(role)") }
    switch column.initialValue {
    case .none: break
    case .literal("nil"): break
    case .literal(let text), .constant(let text): arguments.append("constant: \(text)")
    case .computed(let text): arguments.append("default: { \(text) }")
    }
    return ".init(" + arguments.joined(separator: ", ") + ")"
  }

  private func index(_ column: ColumnModel) -> String? {
    guard column.isIndexed || column.isUnique else { return nil }
    return (column.isUnique ? ".unique(" : ".index(") + quoted(column.columnName) + ")"
  }

  private func foreignKey(_ column: ColumnModel) -> String? {
    column.reference.map { reference in
      var arguments = ["[\(quoted(column.columnName))]", "references: \(reference.target).tableName"]
      if let target = reference.column { arguments.append("columns: [\(target)]") }
      if let action = reference.onDelete { arguments.append("onDelete: \(action)") }
      return ".init(" + arguments.joined(separator: ", ") + ")"
    }
  }
}
