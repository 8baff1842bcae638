// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting

extension QueryGenerator {
  /// A column of a kind: mostly of the statement itself, sometimes of one around it. Without one it is a constant.
  mutating func column(of kind: Kind) -> TestExpression {
    let own = scope.count - outerCount
    let isOuter = outerCount > 0 && (own == 0 || random.chance(0.25))
    let candidates = isOuter ? scope.suffix(outerCount) : scope.prefix(own)
    let found = candidates.flatMap { source in source.model.columns(of: kind).map { (source, $0) } }
    guard let (source, position) = found.randomElement(using: &random) else { return .literal(pick(kind.samples)) }
    return .column(source, position)
  }

  /// A constant of a kind, mostly one that columns have.
  mutating func literal(of kind: Kind) -> TestExpression {
    .literal(sample(of: kind))
  }

  /// A value of a kind. Integers can be primary keys.
  mutating func sample(of kind: Kind) -> Value {
    if kind == .int, random.chance(0.25) { return .int(Int64.random(in: 0...60, using: &random)) }
    return pick(random.chance(0.7) ? Array(kind.samples.prefix(5)) : kind.samples)
  }

  /// An expression of a kind.
  mutating func expression(of kind: Kind, depth: Int) -> TestExpression {
    if depth == 0 { return random.chance(0.75) ? column(of: kind) : literal(of: kind) }
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: return column(of: kind)
    case 2: return literal(of: kind)
    case 3:
      let branches = (0..<pick([1, 1, 2])).map { _ in
        (condition: condition(depth: depth - 1), result: expression(of: kind, depth: depth - 1))
      }
      return .choice(branches, random.chance(0.7) ? expression(of: kind, depth: depth - 1) : nil)
    case 4:
      return .function(.coalesce, [expression(of: kind, depth: depth - 1), expression(of: kind, depth: depth - 1)])
    case 5 where nesting < 2 && random.chance(0.5): return .scalar(scalarSelect(of: kind))
    default: return computed(kind, depth: depth)
    }
  }

  /// An expression that only this kind has.
  private mutating func computed(_ kind: Kind, depth: Int) -> TestExpression {
    switch kind {
    case .int:
      if random.chance(0.3) { return .function(.length, [expression(of: .text, depth: depth - 1)]) }
      let operation = pick([ArithmeticOperator.add, .subtract, .multiply, .divide, .remainder])
      return .arithmetic(operation, expression(of: .int, depth: depth - 1), expression(of: .int, depth: depth - 1))
    case .double:
      let operation = pick([ArithmeticOperator.add, .subtract, .multiply, .divide])
      return .arithmetic(
        operation, expression(of: .double, depth: depth - 1), expression(of: .double, depth: depth - 1))
    case .text:
      switch Int.random(in: 0..<3, using: &random) {
      case 0: return .function(.lower, [expression(of: .text, depth: depth - 1)])
      case 1: return .function(.upper, [expression(of: .text, depth: depth - 1)])
      default:
        let other = expression(of: pick([.text, .text, .int]), depth: depth - 1)
        return .function(.concat, [expression(of: .text, depth: depth - 1), other])
      }
    case .bool: return condition(depth: depth - 1)
    case .date: return column(of: .date)
    }
  }

  // MARK: Conditions

  /// A condition.
  mutating func condition(depth: Int) -> TestExpression {
    if depth > 0, random.chance(0.35) {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: return .not(condition(depth: depth - 1))
      case 1: return .and((0..<pick([2, 2, 3])).map { _ in condition(depth: depth - 1) })
      default: return .or((0..<pick([2, 2, 3])).map { _ in condition(depth: depth - 1) })
      }
    }
    if depth > 0, nesting < 2, random.chance(0.15) { return subqueryCondition() }
    return simpleCondition(depth: depth)
  }

  private mutating func simpleCondition(depth: Int) -> TestExpression {
    let kinds = [Kind.int, .int, .int, .text, .text, .double, .bool, .date]
    let kind = pick(kinds.filter { kind in scope.contains { !$0.model.columns(of: kind).isEmpty } })
    let left = random.chance(0.85) ? column(of: kind) : expression(of: kind, depth: depth)
    switch Int.random(in: 0..<14, using: &random) {
    case 0: return .isNull(left)
    case 1: return .isNotNull(left)
    case 2:
      let (lower, upper) = (sample(of: kind), sample(of: kind))
      return .between(left, lower, upper, kind)
    case 3, 4:
      var values = (0..<pick([0, 1, 2, 3, 5])).map { _ in sample(of: kind) }
      if random.chance(0.2) { values.append(.null) }
      return .inList(left, values, isNegated: random.chance(0.35), kind)
    case 5: return match(expression(of: .text, depth: random.chance(0.8) ? 0 : depth))
    case 7: return .comparison(comparison(), left, column(of: kind))
    case 8 where kind == .bool: return left
    case 9 where depth > 0: return .comparison(comparison(), left, expression(of: kind, depth: depth - 1))
    case 10: return .comparison(comparison(), literal(of: kind), column(of: kind))
    case 11 where random.chance(0.1): return .comparison(comparison(), left, .literal(.null))
    default: return .comparison(comparison(), left, literal(of: kind))
    }
  }

  mutating func comparison() -> ComparisonOperator {
    pick([.equal, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual])
  }

  /// A condition on the characters of a text.
  private mutating func match(_ text: TestExpression) -> TestExpression {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return .hasPrefix(text, pick(["", "a", "A", "a%", "e", "é", "日", "it'", "u1"]))
    case 1: return .contains(text, pick(["", "b", "a", "%", "_", "\u{301}", "本", " ", "\\", "1"]))
    default:
      // A text of the tables, some of whose characters are replaced.
      guard case .string(let sample) = pick(Kind.text.samples + [.string("u1")]) else { return .isNull(text) }
      var pattern = ""
      for scalar in sample.unicodeScalars {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: pattern += "%"
        case 2: pattern += "_"
        case 3: pattern += pick(["!%", "!_", "'", "A"])
        default: pattern.unicodeScalars.append(scalar)
        }
      }
      if random.chance(0.5) { pattern += "%" }
      if random.chance(0.2) { pattern = "%" + pattern }
      return .like(text, pattern, escape: random.chance(0.5) ? "!" : nil, ignoresCase: random.chance(0.4))
    }
  }

  // MARK: Subqueries

  private mutating func subqueryCondition() -> TestExpression {
    if random.chance(0.5) {
      let select = inNewScope { generator -> TestSelect in
        var select = TestSelect(joins: generator.makeJoins(maximum: 2), outputs: [])
        select.conditions = [generator.correlation()] + generator.conditions()
        select.outputs = [.column(select.joins[0].source, 0)]
        return select
      }
      return random.chance(0.6) ? .exists(select) : .not(.exists(select))
    }
    let kind = pick([Kind.int, .int, .text])
    let part = random.chance(0.8) ? column(of: kind) : expression(of: kind, depth: 1)
    let select = inNewScope { generator -> TestSelect in
      var select = TestSelect(joins: generator.makeJoins(maximum: 2), outputs: [])
      select.conditions = generator.conditions()
      if generator.random.chance(0.3) { select.conditions.append(generator.correlation()) }
      select.outputs = [generator.column(of: kind)]
      select.isDistinct = generator.random.chance(0.15)
      return select
    }
    return .inSelect(part, select, isNegated: random.chance(0.35))
  }

  /// A comparison of a column of this statement with one of a statement around it.
  private mutating func correlation() -> TestExpression {
    let kind = pick([Kind.int, .int, .text])
    let own = column(of: kind)
    guard let outer = scope.suffix(outerCount).randomElement(using: &random),
      let position = outer.model.columns(of: kind).randomElement(using: &random)
    else { return condition(depth: 0) }
    return .comparison(random.chance(0.85) ? .equal : .less, own, .column(outer, position))
  }

  /// A statement that yields one value, and the same one in whatever order rows are read.
  private mutating func scalarSelect(of kind: Kind) -> TestSelect {
    inNewScope { generator in
      var select = TestSelect(joins: generator.makeJoins(maximum: 2), outputs: [])
      select.conditions = [generator.correlation()]
      if generator.random.chance(0.4) { select.conditions += generator.conditions() }
      let own = select.joins[0].source
      let columns = own.model.columns(of: kind)
      let value = columns.randomElement(using: &generator.random).map { TestExpression.column(own, $0) }
      switch kind {
      case .int where generator.random.chance(0.5): select.outputs = [.aggregate(.count, nil, distinct: false)]
      default:
        let value = value ?? generator.literal(of: kind)
        if generator.random.chance(0.5) {
          select.outputs = [.aggregate(generator.pick([.min, .max]), value, distinct: false)]
        } else {
          select.outputs = [value]
          select.order = [
            TestSelect.Order(expression: value, isDescending: generator.random.chance(0.5), hasNullsFirst: nil)
          ]
          select.limit = 1
        }
      }
      return select
    }
  }

  // MARK: Groups

  /// An aggregate whose result does not depend on the order of the rows.
  mutating func aggregate() -> TestExpression {
    let function = pick([AggregateFunction.count, .count, .sum, .min, .max, .average])
    switch function {
    case .count where random.chance(0.4): return .aggregate(.count, nil, distinct: false)
    case .count:
      return .aggregate(.count, column(of: pick(Kind.allCases)), distinct: random.chance(0.5))
    case .sum, .average:
      // Sums of these numbers are exact.
      let kind = pick([Kind.int, .double])
      let argument =
        random.chance(0.8)
        ? column(of: kind) : .arithmetic(pick([.add, .multiply]), column(of: kind), literal(of: kind))
      return .aggregate(function, argument, distinct: random.chance(0.25))
    case .min, .max:
      let kind = pick(Kind.allCases)
      return .aggregate(
        function, random.chance(0.8) ? column(of: kind) : expression(of: kind, depth: 1), distinct: false)
    }
  }

  /// A condition on groups.
  mutating func groupCondition(_ grouping: [TestExpression]) -> TestExpression {
    let simple = TestExpression.comparison(
      comparison(), .aggregate(.count, random.chance(0.5) ? nil : column(of: .int), distinct: false),
      .literal(.int(Int64.random(in: 0...4, using: &random))))
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      return .or([
        simple, .isNull(.aggregate(pick([.min, .max]), column(of: pick([.int, .text, .double])), distinct: false)),
      ])
    case 1 where !grouping.isEmpty: return .and([simple, .isNotNull(pick(grouping))])
    default: return simple
    }
  }
}
