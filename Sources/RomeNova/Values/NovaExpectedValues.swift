// SPDX-License-Identifier: Apache-2.0

public import Rome

/// The values that a caller expects some columns of a row to have before it is changed.
///
/// ```swift
/// let expected = NovaExpectedValues<Instance> { $0.taskState = ["scheduling", nil] }
/// ```
@dynamicMemberLookup
public struct NovaExpectedValues<Model: NovaModel>: Hashable, Sendable {
  /// The values of which one is expected, in their stored form, by the names of the columns.
  public private(set) var values: [String: [Value]] = [:]

  /// Makes a set of expectations.
  ///
  /// - Parameter assign: Says which values columns may have.
  public init(_ assign: (inout NovaExpectedValues) -> Void = { _ in }) { assign(&self) }

  /// The values of which a column must have one; nil when anything will do.
  public subscript<T: ColumnValue>(dynamicMember column: KeyPath<Model.Type, Column<Model, T>>) -> [T]? {
    get { values[Model.self[keyPath: column].name]?.compactMap { T(value: $0) } }
    set { values[Model.self[keyPath: column].name] = newValue?.map(\.value) }
  }

  /// Expects values of a column that is known by its name.
  ///
  /// - Parameters:
  ///   - name: The name of the column in the store.
  ///   - choices: The values of which it must have one, in their stored form.
  /// - Throws: ``NovaError/Code/dbError`` when there is no such column.
  public mutating func expect(_ name: String, oneOf choices: [Value]) throws(NovaError) {
    guard let position = Model.schema.position(of: name) else {
      throw NovaError(.dbError, detail: "'\(Model.tableName)' has no column '\(name)'")
    }
    values[Model.schema.columns[position].name] = choices
  }

  /// Both sets of expectations; of the same column those of the other one count.
  public func overridden(by other: NovaExpectedValues) -> NovaExpectedValues {
    var result = self
    result.values.merge(other.values) { $1 }
    return result
  }

  /// What a row has in place of what is expected, by the names of the columns.
  func mismatches(in row: Model) throws(RomeError) -> [String: Value] {
    var actual: [String: Value] = [:]
    for (name, choices) in values {
      let value = try row.value(of: name)
      if !choices.contains(value) { actual[name] = value }
    }
    return actual
  }
}
