// SPDX-License-Identifier: Apache-2.0

/// The parts of a statement, which copies of it share until one of them is changed.
///
/// Sendable although it has a variable: it is changed only through the only reference (`isKnownUniquelyReferenced`). So no two
/// accesses overlap but such as the compiler sees, and none is checked for it at run time.
final class StatementContents: @unchecked Sendable {
  fileprivate struct Parts {
    var sources: [SelectStatement.Source] = []
    var union: SelectStatement.Union?
    var outputs: [SelectStatement.Output] = []
    var conditions: [ExpressionNode] = []
    var grouping: [ExpressionNode] = []
    var groupConditions: [ExpressionNode] = []
    var isDistinct = false
    var order: [OrderKey] = []
    var marker: [Value]?
    var limit: Int?
    var offset: Int?
    var readDeleted: ReadDeleted?
    var problem: RomeError?
    var usesIndexes = true
  }

  @exclusivity(unchecked) fileprivate var parts: Parts

  /// The parts of a statement of nothing.
  convenience init() { self.init(Parts()) }

  fileprivate init(_ parts: Parts) {
    self.parts = parts
  }
}

extension SelectStatement {
  private mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&contents) { contents = StatementContents(contents.parts) }
  }

  /// The sources. The first one is what the query is of.
  var sources: [Source] {
    get { contents.parts.sources }
    _modify {
      makeUnique()
      yield &contents.parts.sources
    }
  }

  /// When it is there, the rows come from these statements instead of from sources.
  var union: Union? {
    get { contents.parts.union }
    _modify {
      makeUnique()
      yield &contents.parts.union
    }
  }

  var outputs: [Output] {
    get { contents.parts.outputs }
    _modify {
      makeUnique()
      yield &contents.parts.outputs
    }
  }

  var conditions: [ExpressionNode] {
    get { contents.parts.conditions }
    _modify {
      makeUnique()
      yield &contents.parts.conditions
    }
  }

  var grouping: [ExpressionNode] {
    get { contents.parts.grouping }
    _modify {
      makeUnique()
      yield &contents.parts.grouping
    }
  }

  var groupConditions: [ExpressionNode] {
    get { contents.parts.groupConditions }
    _modify {
      makeUnique()
      yield &contents.parts.groupConditions
    }
  }

  var isDistinct: Bool {
    get { contents.parts.isDistinct }
    _modify {
      makeUnique()
      yield &contents.parts.isDistinct
    }
  }

  var order: [OrderKey] {
    get { contents.parts.order }
    _modify {
      makeUnique()
      yield &contents.parts.order
    }
  }

  /// The values of the order's keys behind which the rows begin.
  var marker: [Value]? {
    get { contents.parts.marker }
    _modify {
      makeUnique()
      yield &contents.parts.marker
    }
  }

  var limit: Int? {
    get { contents.parts.limit }
    _modify {
      makeUnique()
      yield &contents.parts.limit
    }
  }

  var offset: Int? {
    get { contents.parts.offset }
    _modify {
      makeUnique()
      yield &contents.parts.offset
    }
  }

  /// nil: as the statement around it.
  var readDeleted: ReadDeleted? {
    get { contents.parts.readDeleted }
    _modify {
      makeUnique()
      yield &contents.parts.readDeleted
    }
  }

  /// What is wrong with the query; thrown when it is executed.
  var problem: RomeError? {
    get { contents.parts.problem }
    _modify {
      makeUnique()
      yield &contents.parts.problem
    }
  }

  /// Tests switch indexes off to show that they change no answer.
  var usesIndexes: Bool {
    get { contents.parts.usesIndexes }
    _modify {
      makeUnique()
      yield &contents.parts.usesIndexes
    }
  }
}
