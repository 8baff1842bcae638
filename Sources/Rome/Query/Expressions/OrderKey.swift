// SPDX-License-Identifier: Apache-2.0

/// An expression to sort by, with its direction.
///
/// NULL is smaller than all values, as in SQLite and MySQL: first when ascending, last when descending, unless
/// ``nullsFirst`` or ``nullsLast`` says otherwise.
public struct OrderKey: Hashable, Sendable {
  let node: ExpressionNode
  let isDescending: Bool
  let hasNullsFirst: Bool

  init(_ node: ExpressionNode, descending: Bool, nullsFirst: Bool? = nil) {
    self.node = node
    isDescending = descending
    hasNullsFirst = nullsFirst ?? !descending
  }

  /// The same key with NULL before all values.
  public var nullsFirst: OrderKey { OrderKey(node, descending: isDescending, nullsFirst: true) }
  /// The same key with NULL behind all values.
  public var nullsLast: OrderKey { OrderKey(node, descending: isDescending, nullsFirst: false) }

  /// Compares two values of the key; negative when the left one comes first.
  func compare(_ left: Value, _ right: Value) -> Int {
    switch (left.isNull, right.isNull) {
    case (true, true): return 0
    case (true, false): return hasNullsFirst ? -1 : 1
    case (false, true): return hasNullsFirst ? 1 : -1
    case (false, false):
      let order = left.order(to: right)
      return isDescending ? -order : order
    }
  }
}

/// What a query can be ordered by: an expression (ascending), or an ``OrderKey``.
public protocol Orderable: Sendable {
  /// The key to sort by.
  var orderKey: OrderKey { get }
}

extension OrderKey: Orderable {
  /// The key itself.
  public var orderKey: OrderKey { self }
}

extension QueryExpression {
  /// The smallest value first.
  public var ascending: OrderKey { OrderKey(node, descending: false) }
  /// The greatest value first.
  public var descending: OrderKey { OrderKey(node, descending: true) }
}

extension Column: Orderable {
  /// The smallest value first.
  public var orderKey: OrderKey { ascending }
}

extension ComputedExpression: Orderable {
  /// The smallest value first.
  public var orderKey: OrderKey { ascending }
}
