// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeTesting

/// Makes random queries.
struct QueryGenerator {
  var random: SeededGenerator
  /// The sources that expressions can name, those of the statements around last.
  var scope: [TestSource] = []
  /// How many of ``scope`` are of statements around.
  var outerCount = 0
  /// How many aliases were given.
  private var aliasCount = 0
  /// The tables that the query has without an alias.
  private var bareTables = Set<Int>()
  /// How deep in subqueries the generator is.
  var nesting = 0

  init(random: SeededGenerator) {
    self.random = random
  }

  /// Makes a query.
  static func random(using random: inout SeededGenerator) -> TestQuery {
    var generator = QueryGenerator(random: random)
    defer { random = generator.random }
    return generator.query()
  }

  private mutating func query() -> TestQuery {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<50: return plain()
    case ..<60: return distinct()
    case ..<75: return grouped()
    case ..<87: return union()
    default: return paged()
    }
  }

  // MARK: Sources

  /// A source of a random table, and a name for it that the query does not have yet.
  mutating func makeSource(_ table: Int? = nil) -> TestSource {
    let table = table ?? Int.random(in: 0..<Tables.all.count, using: &random)
    if !bareTables.contains(table), random.chance(0.6) {
      bareTables.insert(table)
      return TestSource(table: table, alias: nil)
    }
    aliasCount += 1
    return TestSource(table: table, alias: "x\(aliasCount)")
  }

  /// Puts one to four tables into the scope.
  mutating func makeJoins(maximum: Int = 4) -> [TestSelect.Join] {
    var joins = [TestSelect.Join(source: makeSource(), isOuter: false, conditions: [])]
    scope.insert(joins[0].source, at: 0)
    while joins.count < maximum, random.chance(joins.count == 1 ? 0.45 : 0.35) {
      let source = makeSource()
      let isOuter = random.chance(0.45)
      var conditions: [TestExpression] = []
      let others = Array(scope.prefix(joins.count))
      if joins.count > 1 || random.chance(0.9) { conditions.append(link(source, others)) }
      scope.insert(source, at: joins.count)
      if random.chance(0.3) { conditions.append(isOuter ? ownCondition() : condition(depth: 1)) }
      joins.append(TestSelect.Join(source: source, isOuter: isOuter, conditions: conditions))
    }
    return joins
  }

  /// A condition that names no source of a statement around: Rome refuses those in outer joins of subqueries.
  private mutating func ownCondition() -> TestExpression {
    let (scope, outerCount) = (scope, outerCount)
    self.scope.removeLast(outerCount)
    self.outerCount = 0
    defer {
      self.scope = scope
      self.outerCount = outerCount
    }
    return condition(depth: 1)
  }

  /// A condition between a new source and those before it: mostly an equality, often of a foreign key.
  private mutating func link(_ source: TestSource, _ others: [TestSource]) -> TestExpression {
    let other = pick(others)
    // The product of three tables would only take time.
    let isThird = others.count > 1
    var pairs: [(Int, Int)] = []
    if isThird || random.chance(0.6) {
      for key in source.model.foreignKeys where key.table == other.model.name { pairs.append((key.column, 0)) }
      for key in other.model.foreignKeys where key.table == source.model.name { pairs.append((0, key.column)) }
    }
    if pairs.isEmpty {
      let kind = pick(isThird ? [Kind.int, .text] : [.int, .int, .text, .text, .double, .bool, .date])
      for left in source.model.columns(of: kind) {
        for right in other.model.columns(of: kind) { pairs.append((left, right)) }
      }
    }
    if pairs.isEmpty { pairs = [(1, 1)].filter { source.model.columns[$0.0].kind == other.model.columns[$0.1].kind } }
    guard let pair = pairs.randomElement(using: &random) else { return .literal(.bool(true)) }
    let left = TestExpression.column(source, pair.0)
    let right = TestExpression.column(other, pair.1)
    let comparison: ComparisonOperator =
      isThird || random.chance(0.85) ? .equal : pick([.less, .greaterOrEqual, .notEqual])
    return random.chance(0.5) ? .comparison(comparison, left, right) : .comparison(comparison, right, left)
  }

  /// Runs the closure in a scope of its own, whose sources are those around and what the closure adds.
  mutating func inNewScope<Result>(_ body: (inout QueryGenerator) -> Result) -> Result {
    let (scope, outerCount) = (scope, outerCount)
    self.outerCount = scope.count
    nesting += 1
    defer {
      nesting -= 1
      self.scope = scope
      self.outerCount = outerCount
    }
    return body(&self)
  }

  /// One of the elements, of which there is at least one.
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  // MARK: Statements

  mutating func conditions() -> [TestExpression] {
    (0..<pick([0, 0, 1, 1, 1, 2])).map { _ in condition(depth: 2) }
  }

  private mutating func plain() -> TestQuery {
    var select = TestSelect(joins: makeJoins(), outputs: [])
    select.conditions = conditions()
    let keys = (0..<pick([0, 1, 1, 2, 3])).map { _ in key(sortable()) }
    select.order = keys
    var query = TestQuery(branches: [select])
    if random.chance(0.6) {
      // The primary keys behind leave no two combinations of rows equal.
      for join in select.joins {
        for position in join.source.model.primaryKey {
          query.branches[0].order.append(key(.column(join.source, position)))
        }
      }
      query.isTotallyOrdered = true
      query.branches[0].outputs = outputs()
      query.branches[0].limit = window(1...20)
      query.branches[0].offset = window(0...6)
    } else {
      query.branches[0].outputs = keys.map(\.expression) + outputs()
      query.orderedOutputs = keys.map { ($0.isDescending, $0.hasNullsFirst) }
    }
    return query
  }

  private mutating func distinct() -> TestQuery {
    var select = TestSelect(joins: makeJoins(maximum: 3), outputs: [])
    select.conditions = conditions()
    select.isDistinct = true
    select.outputs = outputs()
    var query = TestQuery(branches: [select])
    orderByOutputs(&query, select.outputs)
    return query
  }

  private mutating func grouped() -> TestQuery {
    var select = TestSelect(joins: makeJoins(maximum: 3), outputs: [])
    select.conditions = conditions()
    select.grouping = (0..<pick([0, 1, 1, 1, 2])).map { _ in
      random.chance(0.8) ? column(of: pick(Kind.allCases)) : expression(of: pick([.int, .text, .bool]), depth: 1)
    }
    let aggregates = (0..<pick([1, 1, 2, 3])).map { _ in aggregate() }
    select.outputs = select.grouping + aggregates
    if random.chance(0.35) {
      select.groupConditions = [groupCondition(select.grouping)]
    }
    var query = TestQuery(branches: [select])
    orderByOutputs(&query, select.outputs)
    return query
  }

  /// Orders a query by all its outputs in a random sequence, or by the first ones.
  private mutating func orderByOutputs(_ query: inout TestQuery, _ outputs: [TestExpression]) {
    if random.chance(0.6) {
      query.branches[0].order = outputs.shuffled(using: &random).map { key($0) }
      query.isTotallyOrdered = true
      query.branches[0].limit = window(1...8)
      query.branches[0].offset = window(0...4)
    } else {
      let keys = outputs.prefix(Int.random(in: 0...outputs.count, using: &random)).map { key($0) }
      query.branches[0].order = keys
      query.orderedOutputs = keys.map { ($0.isDescending, $0.hasNullsFirst) }
    }
  }

  private mutating func union() -> TestQuery {
    let kinds = (0..<pick([1, 2, 2, 3])).map { _ in pick(Kind.allCases) }
    var branches: [TestSelect] = []
    for _ in 0..<pick([2, 2, 3]) {
      // Statements of a union don't see each other's sources.
      scope = []
      var select = TestSelect(joins: makeJoins(maximum: 2), outputs: [])
      select.conditions = conditions()
      select.outputs = kinds.map { random.chance(0.8) ? column(of: $0) : expression(of: $0, depth: 1) }
      branches.append(select)
    }
    var query = TestQuery(branches: branches, keepsDuplicates: random.chance(0.4))
    // Conditions and the order of a union name its outputs by the first statement, where they must differ; a literal is
    // itself.
    let named = branches[0].outputs.map { output in if case .literal = output { "" } else { output.sql } }
    for place in kinds.indices where !named[place].isEmpty && named.firstIndex(of: named[place]) == place {
      guard random.chance(0.15) else { continue }
      query.unionConditions.append((place, comparison(), sample(of: kinds[place])))
    }
    if Set(named).count == kinds.count, !named.contains(""), random.chance(0.7) {
      query.unionOrder = kinds.indices.shuffled(using: &random).map { ($0, random.chance(0.5), nullsFirst()) }
      query.isTotallyOrdered = true
      query.unionLimit = window(0...10)
      query.unionOffset = window(0...5)
    }
    return query
  }

  private mutating func paged() -> TestQuery {
    let source = makeSource()
    scope = [source]
    var select = TestSelect(joins: [TestSelect.Join(source: source, isOuter: false, conditions: [])], outputs: [])
    select.conditions = random.chance(0.5) ? [] : [condition(depth: 1)]
    select.order = (0..<pick([0, 1, 1, 2, 2, 3])).map { _ in key(sortable()) }
    for position in source.model.primaryKey { select.order.append(key(TestExpression.column(source, position))) }
    select.outputs = select.order.map(\.expression)
    var query = TestQuery(branches: [select])
    query.isTotallyOrdered = true
    query.pageSize = Int.random(in: 1...7, using: &random)
    return query
  }

  // MARK: Parts of statements

  private mutating func outputs() -> [TestExpression] {
    (0..<pick([1, 1, 2, 3, 4])).map { _ in
      random.chance(0.7) ? column(of: pick(Kind.allCases)) : expression(of: pick(Kind.allCases), depth: 2)
    }
  }

  private mutating func sortable() -> TestExpression {
    random.chance(0.8) ? column(of: pick(Kind.allCases)) : expression(of: pick(Kind.allCases), depth: 1)
  }

  private mutating func key(_ expression: TestExpression) -> TestSelect.Order {
    TestSelect.Order(expression: expression, isDescending: random.chance(0.5), hasNullsFirst: nullsFirst())
  }

  private mutating func nullsFirst() -> Bool? {
    random.chance(0.6) ? nil : random.chance(0.5)
  }

  private mutating func window(_ range: ClosedRange<Int>) -> Int? {
    random.chance(0.35) ? Int.random(in: range, using: &random) : nil
  }
}
