// SPDX-License-Identifier: Apache-2.0

/// The sum of the expression and the value; NULL for NULL. An integer that does not fit is a
/// ``RomeError/Code/arithmeticOverflow``.
public func + <L: QueryExpression>(left: L, right: L.Output.Base) -> ComputedExpression<L.Output>
where L.Output.Base: Numeric {
  ComputedExpression(.arithmetic(.add, left.node, .literal(right.value)))
}

/// The sum of both expressions; NULL when one is NULL. An integer that does not fit is a
/// ``RomeError/Code/arithmeticOverflow``.
public func + <L: QueryExpression, R: QueryExpression>(left: L, right: R) -> ComputedExpression<L.Output.Base?>
where L.Output.Base == R.Output.Base, L.Output.Base: Numeric {
  ComputedExpression(.arithmetic(.add, left.node, right.node))
}

/// The difference of the expression and the value; NULL for NULL. An integer that does not fit is a
/// ``RomeError/Code/arithmeticOverflow``.
public func - <L: QueryExpression>(left: L, right: L.Output.Base) -> ComputedExpression<L.Output>
where L.Output.Base: Numeric {
  ComputedExpression(.arithmetic(.subtract, left.node, .literal(right.value)))
}

/// The difference of both expressions; NULL when one is NULL. An integer that does not fit is a
/// ``RomeError/Code/arithmeticOverflow``.
public func - <L: QueryExpression, R: QueryExpression>(left: L, right: R) -> ComputedExpression<L.Output.Base?>
where L.Output.Base == R.Output.Base, L.Output.Base: Numeric {
  ComputedExpression(.arithmetic(.subtract, left.node, right.node))
}

/// The product of the expression and the value; NULL for NULL. An integer that does not fit is a
/// ``RomeError/Code/arithmeticOverflow``.
public func * <L: QueryExpression>(left: L, right: L.Output.Base) -> ComputedExpression<L.Output>
where L.Output.Base: Numeric {
  ComputedExpression(.arithmetic(.multiply, left.node, .literal(right.value)))
}

/// The product of both expressions; NULL when one is NULL. An integer that does not fit is a
/// ``RomeError/Code/arithmeticOverflow``.
public func * <L: QueryExpression, R: QueryExpression>(left: L, right: R) -> ComputedExpression<L.Output.Base?>
where L.Output.Base == R.Output.Base, L.Output.Base: Numeric {
  ComputedExpression(.arithmetic(.multiply, left.node, right.node))
}

/// The quotient of the expression and the value; of integers it is rounded towards zero. NULL for NULL, and for a division by zero.
public func / <L: QueryExpression>(left: L, right: L.Output.Base) -> ComputedExpression<L.Output.Base?>
where L.Output.Base: Numeric {
  ComputedExpression(.arithmetic(.divide, left.node, .literal(right.value)))
}

/// The quotient of both expressions; of integers it is rounded towards zero. NULL when one is NULL, and for a division by zero.
public func / <L: QueryExpression, R: QueryExpression>(left: L, right: R) -> ComputedExpression<L.Output.Base?>
where L.Output.Base == R.Output.Base, L.Output.Base: Numeric {
  ComputedExpression(.arithmetic(.divide, left.node, right.node))
}

/// The remainder of the expression and the value; it has the sign of the left side. NULL for NULL, and for a division by zero.
public func % <L: QueryExpression>(left: L, right: L.Output.Base) -> ComputedExpression<L.Output.Base?>
where L.Output.Base: BinaryInteger {
  ComputedExpression(.arithmetic(.remainder, left.node, .literal(right.value)))
}

/// The remainder of both expressions; it has the sign of the left side. NULL when one is NULL, and for a division by zero.
public func % <L: QueryExpression, R: QueryExpression>(left: L, right: R) -> ComputedExpression<L.Output.Base?>
where L.Output.Base == R.Output.Base, L.Output.Base: BinaryInteger {
  ComputedExpression(.arithmetic(.remainder, left.node, right.node))
}
