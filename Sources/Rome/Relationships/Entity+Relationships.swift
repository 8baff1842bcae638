// SPDX-License-Identifier: Apache-2.0

extension Entity {
  /// Makes a to-one relationship lead to an entity; `nil` makes it lead to none.
  ///
  /// The other side is kept in step: what `target` has loaded of its to-many relationships is loaded again when it is
  /// asked for. A new target is added to the session with this entity.
  ///
  /// - Parameters:
  ///   - relationship: The relationship, such as `Book.author`.
  ///   - target: The entity that it shall lead to.
  public func set<Target: Entity>(_ relationship: ToOne<Self, Target>, to target: Target?) {
    entityState.assign(relationship, target)
    if let target, let session = entityState.session { session.addRelated(target) }
  }

  /// Adds an entity to a to-many relationship: its key columns refer to this entity from now on. A new entity is added to
  /// the session.
  ///
  /// - Parameters:
  ///   - target: The entity.
  ///   - relationship: The relationship, such as `Author.books`.
  public func add<Target: Entity>(_ target: Target, to relationship: ToMany<Self, Target>) {
    target.entityState.assign(relationship.inverseName, relationship.columns, self)
    if let session = entityState.session { session.addRelated(target) }
  }

  /// Takes an entity out of a to-many relationship: its key columns become NULL. Where they can't be, the next flush
  /// throws a `notNullViolation`; delete the entity instead.
  ///
  /// - Parameters:
  ///   - target: The entity.
  ///   - relationship: The relationship, such as `Author.books`.
  public func remove<Target: Entity>(_ target: Target, from relationship: ToMany<Self, Target>) {
    target.entityState.assign(relationship.inverseName, relationship.columns, nil)
  }

  /// Connects an entity through a many-to-many relationship by a new connecting row. Both entities, when they are new, are
  /// added to the session with it.
  ///
  /// Connecting two entities twice makes two rows, unless a unique index or the primary key of the connecting entity
  /// forbids it.
  ///
  /// - Parameters:
  ///   - target: The entity.
  ///   - relationship: The relationship, such as `Book.tags`.
  /// - Throws: ``RomeError`` with the code `invalidState` when this entity belongs to no session.
  public func add<Target: Entity>(_ target: Target, to relationship: ManyToMany<Self, Target>) throws(RomeError) {
    guard let session = entityState.session else {
      throw RomeError(
        .invalidState, "add the entity to a session before it is connected", entity: entityState.schema.table)
    }
    let link = relationship.through.init(entityState: EntityState(of: relationship.through))
    link.entityState.assign("rome.owner", relationship.ownerColumns, self)
    link.entityState.assign("rome.target", relationship.targetColumns, target)
    session.addRelated(target)
    session.add(link)
    session.noteChange(of: link.entityState.schema.table)
  }

  /// Disconnects an entity from a many-to-many relationship: the connecting rows are deleted. One round trip.
  ///
  /// - Parameters:
  ///   - target: The entity.
  ///   - relationship: The relationship, such as `Book.tags`.
  /// - Throws: ``RomeError`` with the code `invalidState` when this entity belongs to no session, and the failures of
  ///   reading.
  public func remove<Target: Entity>(
    _ target: Target, from relationship: ManyToMany<Self, Target>
  )
    async throws(RomeError)
  {
    let session = try entityState.owningSession()
    try await session.flush()
    let link = relationship.through.schema
    let columns = relationship.targetColumns.compactMap { link.position(of: $0) }
    let values = try link.targetColumns(of: columns, in: Target.schema).map { target.entityState.value(at: $0) }
    let rows = try await session.links(relationship, of: entityState)
    try await session.stageDelete(link, rows.filter { row in columns.map { row.row[$0] } == values })
  }
}

extension ToMany {
  /// The name under which a target keeps the entity that it was added to.
  var inverseName: String { "rome." + columns.joined(separator: ",") }
}

extension RomeSession {
  /// Adds an entity that a relationship was made to lead to, when it is new.
  func addRelated(_ entity: any Entity) {
    if entity.entityState.status == .transient { add(entity) }
  }
}
