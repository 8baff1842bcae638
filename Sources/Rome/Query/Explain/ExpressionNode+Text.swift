// SPDX-License-Identifier: Apache-2.0

extension ExpressionNode {
  /// The expression as in SQL, with `?` for the values of the query.
  var text: String {
    switch self {
    case .literal: "?"
    case .column(let source, let position):
      source.name + "."
        + (source.schema.columns.indices.contains(position) ? source.schema.columns[position].name : "?")
    case .comparison(let comparison, let left, let right): "\(left.text) \(comparison.rawValue) \(right.text)"
    case .and(let parts): "(" + parts.map(\.text).joined(separator: " AND ") + ")"
    case .or(let parts): "(" + parts.map(\.text).joined(separator: " OR ") + ")"
    case .not(.isNull(let part)): "\(part.text) IS NOT NULL"
    case .not(let part): "NOT \(part.text)"
    case .isNull(let part): "\(part.text) IS NULL"
    case .isIn(let part, let list): "\(part.text) IN (\(list.values.count) values)"
    case .arithmetic(let operation, let left, let right): "(\(left.text) \(operation.rawValue) \(right.text))"
    case .function(let function, let parts): "\(function.rawValue)(\(parts.map(\.text).joined(separator: ", ")))"
    case .like(let part, _): "\(part.text) LIKE ?"
    case .matches(let part, _): "\(part.text) REGEXP ?"
    case .choice: "CASE"
    case .aggregate(let function, let part, let isDistinct):
      "\(function.rawValue)(\(isDistinct ? "DISTINCT " : "")\(part?.text ?? "*"))"
    case .isInQuery(let part, _): "\(part.text) IN (subquery)"
    case .exists: "EXISTS (subquery)"
    case .scalar: "(subquery)"
    case .isBehind(let keys, _): "(\(keys.map(\.text).joined(separator: ", "))) behind the marker"
    case .invalid: "an invalid expression"
    }
  }
}

extension OrderKey {
  /// The key as in SQL.
  var text: String {
    let nulls = hasNullsFirst == isDescending ? (hasNullsFirst ? " NULLS FIRST" : " NULLS LAST") : ""
    return node.text + (isDescending ? " DESC" : "") + nulls
  }
}
