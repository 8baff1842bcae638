// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceValue {
  /// The value that a column must have to equal this one; nil when it can't have such a value.
  ///
  /// - Parameters:
  ///   - type: The type of the column.
  ///   - name: The column, for the error.
  /// - Throws: `rpc` for arrays and objects, and for what is no point in time where the column is one.
  func comparable(with type: ColumnType, _ name: String) throws(GlanceError) -> (any ColumnValue)? {
    switch (type, self) {
    case (_, .array), (_, .object), (.date, .string), (.date, .int), (.date, .double), (.date, .bool):
      throw GlanceError(.rpc, "the filter '\(name)' is of a wrong type")
    case (.string, .string(let text)): return text
    case (.date, .date(let time)): return time
    case (.bool, .bool(let value)): return value
    case (.bool, .int(let number)) where number == 0 || number == 1: return number == 1
    case (.int, .int(let number)): return number
    default: return nil
    }
  }
}
