// SPDX-License-Identifier: Apache-2.0

import Rome

extension TestExpression {
  /// The expression in SQLite's SQL.
  var sql: String {
    switch self {
    case .literal(let value): return value.sql
    case .column(let source, let position): return "\(source.name).\(source.model.columns[position].name)"
    case .comparison(let comparison, let left, let right):
      return "(\(left.sql) \(comparison.rawValue) \(right.sql))"
    case .and(let parts): return "(" + parts.map(\.sql).joined(separator: " AND ") + ")"
    case .or(let parts): return "(" + parts.map(\.sql).joined(separator: " OR ") + ")"
    case .not(let part): return "(NOT \(part.sql))"
    case .isNull(let part): return "(\(part.sql) IS NULL)"
    case .isNotNull(let part): return "(\(part.sql) IS NOT NULL)"
    case .between(let part, let lower, let upper, _): return "(\(part.sql) BETWEEN \(lower.sql) AND \(upper.sql))"
    case .inList(let part, let values, let isNegated, _):
      // SQLite makes the number 0 or 1 of "IN ()", which ORDER BY takes for the place of an output.
      let list = values.isEmpty ? "SELECT NULL WHERE 0" : values.map(\.sql).joined(separator: ", ")
      return "(\(part.sql) \(isNegated ? "NOT IN" : "IN") (\(list)))"
    case .like(let part, let pattern, let escape, let ignoresCase):
      // Both sides know the ASCII letters only.
      let pattern = Value.string(ignoresCase ? pattern.asciiLowercased : pattern).sql
      let left = ignoresCase ? "lower(\(part.sql))" : part.sql
      let behind = escape.map { " ESCAPE " + Value.string(String($0)).sql } ?? ""
      return "(\(left) LIKE \(pattern)\(behind))"
    case .hasPrefix(let part, let prefix):
      return "(substr(\(part.sql), 1, \(prefix.unicodeScalars.count)) = \(Value.string(prefix).sql))"
    case .contains(let part, let text): return "(instr(\(part.sql), \(Value.string(text).sql)) > 0)"
    case .arithmetic(let operation, let left, let right): return "(\(left.sql) \(operation.rawValue) \(right.sql))"
    case .function(.concat, let parts): return "(" + parts.map(\.sql).joined(separator: " || ") + ")"
    case .function(let function, let parts):
      return "\(function.rawValue)(\(parts.map(\.sql).joined(separator: ", ")))"
    case .choice(let branches, let otherwise):
      let whens = branches.map { "WHEN \($0.condition.sql) THEN \($0.result.sql)" }.joined(separator: " ")
      return "(CASE \(whens)\(otherwise.map { " ELSE " + $0.sql } ?? "") END)"
    case .aggregate(let function, let argument, let distinct):
      let name = function == .average ? "avg" : function.rawValue
      return "\(name)(\(distinct ? "DISTINCT " : "")\(argument?.sql ?? "*"))"
    case .exists(let select): return "(EXISTS (\(select.sql)))"
    case .inSelect(let part, let select, let isNegated):
      return "(\(part.sql) \(isNegated ? "NOT IN" : "IN") (\(select.sql)))"
    case .scalar(let select): return "(\(select.sql))"
    }
  }
}

extension TestExpression {
  /// The expression as something to sort or group by, where a number alone would be the place of an output.
  fileprivate var sortable: String {
    if case .literal = self { "coalesce(\(sql), NULL)" } else { sql }
  }
}

extension String {
  fileprivate var asciiLowercased: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.isASCII ? $0.properties.lowercaseMapping.unicodeScalars.first ?? $0 : $0 }))
  }
}

extension TestSelect {
  /// The statement in SQLite's SQL.
  var sql: String {
    var text = "SELECT " + (isDistinct ? "DISTINCT " : "")
    text += outputs.map(\.sql).joined(separator: ", ") + " FROM "
    for (place, join) in joins.enumerated() {
      if place > 0 { text += join.isOuter ? " LEFT JOIN " : " JOIN " }
      text += join.source.model.name + (join.source.alias.map { " AS " + $0 } ?? "")
      if place > 0 { text += " ON " + Self.conjunction(join.conditions) }
    }
    if !conditions.isEmpty { text += " WHERE " + Self.conjunction(conditions) }
    if !grouping.isEmpty { text += " GROUP BY " + grouping.map(\.sortable).joined(separator: ", ") }
    if !groupConditions.isEmpty { text += " HAVING " + Self.conjunction(groupConditions) }
    if !order.isEmpty {
      text += " ORDER BY "
      text += order.map { Self.order($0.expression.sortable, $0.isDescending, $0.hasNullsFirst) }.joined(
        separator: ", ")
    }
    return text + Self.window(limit, offset)
  }

  private static func conjunction(_ conditions: [TestExpression]) -> String {
    conditions.isEmpty ? "1" : conditions.map(\.sql).joined(separator: " AND ")
  }

  static func order(_ sql: String, _ isDescending: Bool, _ hasNullsFirst: Bool?) -> String {
    sql + (isDescending ? " DESC" : " ASC") + (hasNullsFirst.map { $0 ? " NULLS FIRST" : " NULLS LAST" } ?? "")
  }

  static func window(_ limit: Int?, _ offset: Int?) -> String {
    if limit == nil, offset == nil { return "" }
    return " LIMIT \(limit ?? -1) OFFSET \(offset ?? 0)"
  }
}

extension TestQuery {
  /// The query in SQLite's SQL.
  var sql: String {
    if branches.count == 1 { return branches[0].sql }
    var text = branches.map(\.sql).joined(separator: keepsDuplicates ? " UNION ALL " : " UNION ")
    if !unionConditions.isEmpty {
      let columns = branches[0].outputs.indices.map { "c\($0)" }.joined(separator: ", ")
      let conditions = unionConditions.map { "c\($0.output) \($0.comparison.rawValue) \($0.value.sql)" }
      text = "WITH united (\(columns)) AS (\(text)) SELECT * FROM united WHERE " + conditions.joined(separator: " AND ")
    }
    if !unionOrder.isEmpty {
      // A union is ordered by the places of its outputs.
      text += " ORDER BY "
      text += unionOrder.map { TestSelect.order(String($0.output + 1), $0.isDescending, $0.hasNullsFirst) }
        .joined(separator: ", ")
    }
    return text + TestSelect.window(unionLimit, unionOffset)
  }
}
