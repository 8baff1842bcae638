// SPDX-License-Identifier: Apache-2.0

public import Rome

/// What must hold for a row so that a function does its work: Nova's `constraint`, `equal_any` and `not_equal`.
///
/// ```swift
/// let isGone = NovaConstraint.equalAny(Instance.taskState, ["deleting", nil]) && .notEqual(Instance.vmState, ["active"])
/// try await nova.instanceDestroy(context, uuid: uuid, constraint: isGone)
/// ```
public struct NovaConstraint<Model: NovaModel>: Hashable, Sendable {
  private struct Condition: Hashable {
    let position: Int
    let values: [Value]
    let isEqual: Bool
  }

  private var conditions: [Condition]

  /// The condition that a column has one of the values.
  public static func equalAny<T>(_ column: Column<Model, T>, _ values: [T]) -> NovaConstraint {
    NovaConstraint(conditions: [Condition(position: column.position, values: values.map(\.value), isEqual: true)])
  }

  /// The condition that a column has none of the values. As in SQL, it does not hold for a null.
  public static func notEqual<T>(_ column: Column<Model, T>, _ values: [T]) -> NovaConstraint {
    NovaConstraint(conditions: [Condition(position: column.position, values: values.map(\.value), isEqual: false)])
  }

  /// Both constraints.
  public static func && (left: NovaConstraint, right: NovaConstraint) -> NovaConstraint {
    NovaConstraint(conditions: left.conditions + right.conditions)
  }

  /// No condition, which always holds.
  public init() { conditions = [] }

  /// Adds a condition on a column that is known by its name.
  ///
  /// - Parameters:
  ///   - name: The name of the column in the store.
  ///   - values: Values in their stored form.
  ///   - isEqual: Whether the column must have one of the values, or none of them.
  /// - Throws: ``NovaError/Code/dbError`` when there is no such column.
  public mutating func require(_ name: String, in values: [Value], isEqual: Bool) throws(NovaError) {
    guard let position = Model.schema.position(of: name) else {
      throw NovaError(.dbError, detail: "'\(Model.tableName)' has no column '\(name)'")
    }
    conditions.append(Condition(position: position, values: values, isEqual: isEqual))
  }

  private init(conditions: [Condition]) { self.conditions = conditions }

  /// Whether all conditions hold for a row.
  func holds(for row: NovaRow<Model>) -> Bool {
    conditions.allSatisfy { condition in
      let value = row.columns.values[condition.position]
      if condition.isEqual { return condition.values.contains(value) }
      return !condition.values.contains(value) && (!value.isNull || condition.values.isEmpty)
    }
  }
}
