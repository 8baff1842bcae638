// SPDX-License-Identifier: Apache-2.0

/// The parts of a statement, which copies of it share until one of them is changed.
///
/// Sendable although it has variables: they are changed only through the only reference (`isKnownUniquelyReferenced`). So no two
/// accesses overlap but such as the compiler sees, and none is checked for it at run time.
final class StatementContents: @unchecked Sendable {
  @exclusivity(unchecked) fileprivate var sources: [SelectStatement.Source] = []
  @exclusivity(unchecked) fileprivate var union: SelectStatement.Union?
  @exclusivity(unchecked) fileprivate var outputs: [SelectStatement.Output] = []
  @exclusivity(unchecked) fileprivate var conditions: [ExpressionNode] = []
  @exclusivity(unchecked) fileprivate var grouping: [ExpressionNode] = []
  @exclusivity(unchecked) fileprivate var groupConditions: [ExpressionNode] = []
  @exclusivity(unchecked) fileprivate var isDistinct: Bool = false
  @exclusivity(unchecked) fileprivate var order: [OrderKey] = []
  @exclusivity(unchecked) fileprivate var marker: [Value]?
  @exclusivity(unchecked) fileprivate var limit: Int?
  @exclusivity(unchecked) fileprivate var offset: Int?
  @exclusivity(unchecked) fileprivate var readDeleted: ReadDeleted?
  @exclusivity(unchecked) fileprivate var problem: RomeError?
  @exclusivity(unchecked) fileprivate var usesIndexes: Bool = true

  /// The parts of a statement of nothing.
  init() {}

  fileprivate init(copyOf other: StatementContents) {
    sources = other.sources
    union = other.union
    outputs = other.outputs
    conditions = other.conditions
    grouping = other.grouping
    groupConditions = other.groupConditions
    isDistinct = other.isDistinct
    order = other.order
    marker = other.marker
    limit = other.limit
    offset = other.offset
    readDeleted = other.readDeleted
    problem = other.problem
    usesIndexes = other.usesIndexes
  }
}

extension SelectStatement {
  private mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&contents) { contents = StatementContents(copyOf: contents) }
  }

  /// The sources. The first one is what the query is of.
  var sources: [Source] {
    get { contents.sources }
    _modify {
      makeUnique()
      yield &contents.sources
    }
  }

  /// When it is there, the rows come from these statements instead of from sources.
  var union: Union? {
    get { contents.union }
    _modify {
      makeUnique()
      yield &contents.union
    }
  }

  var outputs: [Output] {
    get { contents.outputs }
    _modify {
      makeUnique()
      yield &contents.outputs
    }
  }

  var conditions: [ExpressionNode] {
    get { contents.conditions }
    _modify {
      makeUnique()
      yield &contents.conditions
    }
  }

  var grouping: [ExpressionNode] {
    get { contents.grouping }
    _modify {
      makeUnique()
      yield &contents.grouping
    }
  }

  var groupConditions: [ExpressionNode] {
    get { contents.groupConditions }
    _modify {
      makeUnique()
      yield &contents.groupConditions
    }
  }

  var isDistinct: Bool {
    get { contents.isDistinct }
    _modify {
      makeUnique()
      yield &contents.isDistinct
    }
  }

  var order: [OrderKey] {
    get { contents.order }
    _modify {
      makeUnique()
      yield &contents.order
    }
  }

  /// The values of the order's keys behind which the rows begin.
  var marker: [Value]? {
    get { contents.marker }
    _modify {
      makeUnique()
      yield &contents.marker
    }
  }

  var limit: Int? {
    get { contents.limit }
    _modify {
      makeUnique()
      yield &contents.limit
    }
  }

  var offset: Int? {
    get { contents.offset }
    _modify {
      makeUnique()
      yield &contents.offset
    }
  }

  /// nil: as the statement around it.
  var readDeleted: ReadDeleted? {
    get { contents.readDeleted }
    _modify {
      makeUnique()
      yield &contents.readDeleted
    }
  }

  /// What is wrong with the query; thrown when it is executed.
  var problem: RomeError? {
    get { contents.problem }
    _modify {
      makeUnique()
      yield &contents.problem
    }
  }

  /// Tests switch indexes off to show that they change no answer.
  var usesIndexes: Bool {
    get { contents.usesIndexes }
    _modify {
      makeUnique()
      yield &contents.usesIndexes
    }
  }
}
