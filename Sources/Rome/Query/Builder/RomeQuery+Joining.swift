// SPDX-License-Identifier: Apache-2.0

extension RomeQuery {
  /// Adds an entity: each result so far is combined with each of its rows for which the condition is true. The entity
  /// becomes the last part of the results.
  ///
  /// - Parameters:
  ///   - type: The entity.
  ///   - condition: Which rows belong together.
  public func join<each Output, E: Entity>(
    _ type: E.Type, on condition: Condition
  ) -> RomeQuery<(repeat each Output, E)>
  where Row == (repeat each Output) {
    joining(SourceID(E.schema), .inner, [condition.node], .entity(type))
  }

  /// Adds an entity under an alias, as `join` of the entity does.
  ///
  /// - Parameters:
  ///   - alias: The alias.
  ///   - condition: Which rows belong together.
  public func join<each Output, E: Entity>(
    _ alias: Alias<E>, on condition: Condition
  ) -> RomeQuery<(repeat each Output, E)>
  where Row == (repeat each Output) {
    joining(alias._source, .inner, [condition.node], .entity(E.self))
  }

  /// Adds an entity as `join` does; results that find no row of it stay, with nil in its place.
  ///
  /// - Parameters:
  ///   - type: The entity.
  ///   - condition: Which rows belong together.
  public func outerJoin<each Output, E: Entity>(
    _ type: E.Type, on condition: Condition
  ) -> RomeQuery<(repeat each Output, E?)>
  where Row == (repeat each Output) {
    joining(SourceID(E.schema), .left, [condition.node], .optionalEntity(type))
  }

  /// Adds an entity under an alias as `join` does; results that find no row of it stay, with nil in its place.
  ///
  /// - Parameters:
  ///   - alias: The alias.
  ///   - condition: Which rows belong together.
  public func outerJoin<each Output, E: Entity>(
    _ alias: Alias<E>, on condition: Condition
  ) -> RomeQuery<(repeat each Output, E?)>
  where Row == (repeat each Output) {
    joining(alias._source, .left, [condition.node], .optionalEntity(E.self))
  }

  /// Adds the entity that a relationship leads to.
  ///
  /// - Parameters:
  ///   - relationship: The relationship, such as `Book.author`, `Author.books` or `Book.tags`.
  ///   - owner: The alias of the entity that it starts from; without it the entity itself.
  ///   - target: The alias of the entity that it leads to; without it the entity itself. A relationship from a table to
  ///     itself needs one.
  public func join<each Output, R: Relationship>(
    _ relationship: R, of owner: Alias<R.Owner>? = nil, as target: Alias<R.Target>? = nil
  )
    -> RomeQuery<(repeat each Output, R.Target)>
  where Row == (repeat each Output) {
    joining(relationship, owner, target, .inner, .entity(R.Target.self))
  }

  /// Adds the entity that a relationship leads to; results for which it leads nowhere stay, with nil in its place.
  ///
  /// - Parameters:
  ///   - relationship: The relationship, such as `Book.author`, `Author.books` or `Book.tags`.
  ///   - owner: The alias of the entity that it starts from; without it the entity itself.
  ///   - target: The alias of the entity that it leads to; without it the entity itself. A relationship from a table to
  ///     itself needs one.
  public func outerJoin<each Output, R: Relationship>(
    _ relationship: R, of owner: Alias<R.Owner>? = nil, as target: Alias<R.Target>? = nil
  ) -> RomeQuery<(repeat each Output, R.Target?)>
  where Row == (repeat each Output) {
    joining(relationship, owner, target, .left, .optionalEntity(R.Target.self))
  }

  private func joining<each Output, New>(
    _ source: SourceID, _ kind: SelectStatement.JoinKind, _ conditions: [ExpressionNode], _ projection: Projection<New>
  ) -> RomeQuery<(repeat each Output, New)>
  where Row == (repeat each Output) {
    var changed = draft
    changed.join([SelectStatement.Source(id: source, kind: kind, conditions: conditions)])
    changed.outputs.append(.entity(source))
    return with(changed) { [make] maker throws(RomeError) in
      let row = try make(maker)
      return (repeat each row, try maker.result(projection))
    }
  }

  private func joining<each Output, R: Relationship, New>(
    _ relationship: R, _ owner: Alias<R.Owner>?, _ target: Alias<R.Target>?, _ kind: SelectStatement.JoinKind,
    _ projection: Projection<New>
  ) -> RomeQuery<(repeat each Output, New)>
  where Row == (repeat each Output) {
    let ownerSource = owner?._source ?? SourceID(R.Owner.schema)
    let targetSource = target?._source ?? SourceID(R.Target.schema)
    var changed = draft
    do {
      changed.join(
        try relationship.path.steps(from: ownerSource, to: targetSource).map {
          SelectStatement.Source(id: $0.source, kind: kind, conditions: $0.conditions)
        })
    } catch {
      changed.note(error)
    }
    changed.outputs.append(.entity(targetSource))
    return with(changed) { [make] maker throws(RomeError) in
      let row = try make(maker)
      return (repeat each row, try maker.result(projection))
    }
  }
}

extension SelectStatement {
  /// Appends sources.
  fileprivate mutating func join(_ joined: [Source]) {
    if union != nil { note(RomeError(.invalidQuery, "a union can't be joined: join in its parts")) }
    sources += joined
  }
}
