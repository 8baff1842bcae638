// SPDX-License-Identifier: Apache-2.0

/// EXISTS, for the current rows of the statement around.
struct ExistenceEvaluation: EvaluableCondition {
  let query: CorrelatedQuery

  func truth(in frame: Frame) throws(RomeError) -> Bool? {
    try query.hasResult()
  }
}

/// IN with a subquery, for the current rows of the statement around.
struct MembershipEvaluation: EvaluableCondition {
  let part: any Evaluable
  let query: CorrelatedQuery

  func truth(in frame: Frame) throws(RomeError) -> Bool? {
    let value = try part.value(in: frame)
    let list = try query.list()
    if list.values.isEmpty, !list.hasNull { return false }
    if value.isNull { return nil }
    if list.values.contains(value) { return true }
    return list.hasNull ? nil : false
  }
}

/// The first value of a subquery, for the current rows of the statement around.
struct ScalarEvaluation: Evaluable {
  let query: CorrelatedQuery

  func value(in frame: Frame) throws(RomeError) -> Value {
    try query.firstValue()
  }
}
