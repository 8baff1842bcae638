// SPDX-License-Identifier: Apache-2.0

/// Whether the expression has the value; `== nil` is SQL's IS NULL. Compared with an optional that is nil at run time, too.
public func == <L: QueryExpression>(left: L, right: L.Output.Base?) -> Condition {
  guard let right else { return Condition(.isNull(left.node)) }
  return Condition(.comparison(.equal, left.node, .literal(right.value)))
}

/// Whether both expressions have the same value; unknown when one is NULL.
public func == <L: QueryExpression, R: QueryExpression>(left: L, right: R) -> Condition
where L.Output.Base == R.Output.Base {
  Condition(.comparison(.equal, left.node, right.node))
}

/// Whether the expression has another value; `!= nil` is SQL's IS NOT NULL. Of NULL it is unknown whether it differs.
public func != <L: QueryExpression>(left: L, right: L.Output.Base?) -> Condition {
  guard let right else { return Condition(.not(.isNull(left.node))) }
  return Condition(.comparison(.notEqual, left.node, .literal(right.value)))
}

/// Whether the expressions have different values; unknown when one is NULL.
public func != <L: QueryExpression, R: QueryExpression>(left: L, right: R) -> Condition
where L.Output.Base == R.Output.Base {
  Condition(.comparison(.notEqual, left.node, right.node))
}

/// Whether the expression comes before the value; unknown for NULL. Texts are compared by their bytes in UTF-8.
public func < <L: QueryExpression>(left: L, right: L.Output.Base) -> Condition {
  Condition(.comparison(.less, left.node, .literal(right.value)))
}

/// Whether the left expression comes before the right one; unknown when one is NULL.
public func < <L: QueryExpression, R: QueryExpression>(left: L, right: R) -> Condition
where L.Output.Base == R.Output.Base {
  Condition(.comparison(.less, left.node, right.node))
}

/// Whether the expression does not come behind the value; unknown for NULL.
public func <= <L: QueryExpression>(left: L, right: L.Output.Base) -> Condition {
  Condition(.comparison(.lessOrEqual, left.node, .literal(right.value)))
}

/// Whether the left expression does not come behind the right one; unknown when one is NULL.
public func <= <L: QueryExpression, R: QueryExpression>(left: L, right: R) -> Condition
where L.Output.Base == R.Output.Base {
  Condition(.comparison(.lessOrEqual, left.node, right.node))
}

/// Whether the expression comes behind the value; unknown for NULL.
public func > <L: QueryExpression>(left: L, right: L.Output.Base) -> Condition {
  Condition(.comparison(.greater, left.node, .literal(right.value)))
}

/// Whether the left expression comes behind the right one; unknown when one is NULL.
public func > <L: QueryExpression, R: QueryExpression>(left: L, right: R) -> Condition
where L.Output.Base == R.Output.Base {
  Condition(.comparison(.greater, left.node, right.node))
}

/// Whether the expression does not come before the value; unknown for NULL.
public func >= <L: QueryExpression>(left: L, right: L.Output.Base) -> Condition {
  Condition(.comparison(.greaterOrEqual, left.node, .literal(right.value)))
}

/// Whether the left expression does not come before the right one; unknown when one is NULL.
public func >= <L: QueryExpression, R: QueryExpression>(left: L, right: R) -> Condition
where L.Output.Base == R.Output.Base {
  Condition(.comparison(.greaterOrEqual, left.node, right.node))
}
