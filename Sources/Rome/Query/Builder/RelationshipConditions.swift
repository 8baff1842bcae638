// SPDX-License-Identifier: Apache-2.0

extension ToOne {
  /// Whether the relationship leads to an entity for which the condition is true, such as
  /// `Book.author.has(Author.name == "Asimov")`. False where it leads nowhere.
  ///
  /// - Parameters:
  ///   - condition: A condition of the target; it may use the other entities of the query, too.
  ///   - owner: The alias of the entity that the relationship starts from; without it the entity itself.
  public func has(_ condition: Condition, of owner: Alias<Owner>? = nil) -> Condition {
    existence(condition.node, owner)
  }

  /// Whether the relationship leads to an entity.
  ///
  /// - Parameter owner: The alias of the entity that the relationship starts from; without it the entity itself.
  public func exists(of owner: Alias<Owner>? = nil) -> Condition {
    existence(nil, owner)
  }
}

extension ToMany {
  /// Whether one of the entities that refer to the owner fulfils the condition, such as `Author.books.any(Book.price > 3)`.
  ///
  /// - Parameters:
  ///   - condition: A condition of the target; without it any entity will do.
  ///   - owner: The alias of the entity that the relationship starts from; without it the entity itself.
  public func any(_ condition: Condition? = nil, of owner: Alias<Owner>? = nil) -> Condition {
    existence(condition?.node, owner)
  }

  /// Whether no entity refers to the owner.
  public var isEmpty: Condition { !any() }
}

extension ManyToMany {
  /// Whether one of the entities that are connected to the owner fulfils the condition, such as
  /// `Book.tags.any(Tag.name == "robots")`.
  ///
  /// - Parameters:
  ///   - condition: A condition of the target; without it any entity will do.
  ///   - owner: The alias of the entity that the relationship starts from; without it the entity itself.
  public func any(_ condition: Condition? = nil, of owner: Alias<Owner>? = nil) -> Condition {
    existence(condition?.node, owner)
  }

  /// Whether no entity is connected to the owner.
  public var isEmpty: Condition { !any() }
}

extension Relationship {
  /// An EXISTS over the targets of the owner.
  fileprivate func existence(_ condition: ExpressionNode?, _ owner: Alias<Owner>?) -> Condition {
    let ownerSource = owner?._source ?? SourceID(Owner.schema)
    let plain = SourceID(Target.schema)
    var target = plain
    var node = condition
    if ownerSource == plain {
      // The target appears under a name of its own, or the condition that connects the two would be one of the target alone.
      let taken = condition?.aliases ?? []
      var alias = name
      var number = 1
      while taken.contains(alias) {
        number += 1
        alias = name + String(number)
      }
      target = SourceID(Target.schema, alias: alias)
      node = condition?.replacing(plain, with: target)
    }
    do {
      let steps = try path.steps(from: ownerSource, to: target)
      var statement = SelectStatement(target)
      statement.outputs = [.expression(.literal(.int(1)))]
      statement.sources = steps.map { SelectStatement.Source(id: $0.source, kind: .inner, conditions: []) }
      statement.conditions = steps.flatMap(\.conditions)
      if let node { statement.conditions.append(node) }
      return Condition(.exists(Subquery(statement)))
    } catch {
      return Condition(.invalid(error.message))
    }
  }
}
