// SPDX-License-Identifier: Apache-2.0

extension EntityState {
  /// The entity that a to-one relationship leads to: without a round trip when it is loaded, assigned or held by the
  /// session, else in one.
  ///
  /// - Returns: The entity, or nil when the columns are NULL or no row has the key.
  /// - Throws: ``RomeError`` with the code `invalidState` when the entity belongs to no session, and the failures of reading.
  public func load<Owner: Entity, Target: Entity>(
    _ relationship: ToOne<Owner, Target>
  )
    async throws(RomeError) -> Target?
  {
    if let known = related[relationship.name], known.isComplete {
      if known.isAssigned || known.entities.first?.entityState.canStand(in: session) == true {
        return known.entities.first as? Target
      }
      if known.entities.isEmpty, known.stamp == nil || known.stamp == session?.stamp(of: Target.schema.table) {
        return nil
      }
    }
    let columns = relationship.columns.compactMap { schema.position(of: $0) }
    if columns.contains(where: { value(at: $0).isNull }) { return nil }
    let session = try owningSession()
    return try await relationship.load(for: [owner()], in: session).first
  }

  /// The entities that refer to this one, in the order of their keys: without a round trip when they are loaded and
  /// neither the session nor its transaction has moved on since, else in one.
  ///
  /// - Throws: As loading a to-one relationship.
  public func load<Owner: Entity, Target: Entity>(
    _ relationship: ToMany<Owner, Target>
  )
    async throws(RomeError) -> [Target]
  {
    let session = try owningSession()
    if let known: [Target] = loaded(relationship.name, [Target.schema.table], session) { return known }
    try await flushWhenPending(session)
    return try await relationship.load(for: [owner()], in: session)
  }

  /// The entities at the other end of a many-to-many relationship, in the order of their keys: without a round trip when
  /// they are loaded and up to date, else in two.
  ///
  /// - Throws: As loading a to-one relationship.
  public func load<Owner: Entity, Target: Entity>(
    _ relationship: ManyToMany<Owner, Target>
  )
    async throws(RomeError) -> [Target]
  {
    let session = try owningSession()
    let link = relationship.through.schema
    if let known: [Target] = loaded(relationship.name, [link.table, Target.schema.table], session) { return known }
    try await flushWhenPending(session)
    return try await relationship.load(for: [owner()], in: session)
  }

  /// Whether the entity needs not be read again to be handed out. In a transaction it must be of the transaction, so that
  /// the commit proves what was read.
  private func canStand(in session: RomeSession?) -> Bool {
    guard status == .persistent else { return false }
    guard let session, session.isInTransaction else { return true }
    return loadedIn == session.unitNumber
  }

  /// The session of the entity.
  func owningSession() throws(RomeError) -> RomeSession {
    guard let session, status == .persistent || status == .pending else {
      throw RomeError(
        .invalidState, "the entity belongs to no session, so its relationships can't be loaded", entity: schema.table,
        key: key)
    }
    return session
  }

  /// Gives a new entity its key, so that what refers to it can be found.
  private func flushWhenPending(_ session: RomeSession) async throws(RomeError) {
    if status == .pending, session.autoflush { try await session.flush() }
  }

  private func loaded<Target: Entity>(_ name: String, _ tables: [String], _ session: RomeSession) -> [Target]? {
    guard let known = related[name], known.isComplete, known.stamp == tables.flatMap({ session.stamp(of: $0) }) else {
      return nil
    }
    return known.entities.compactMap { $0 as? Target }
  }

  /// The entity of the state.
  private func owner<Owner: Entity>() throws(RomeError) -> Owner {
    guard let owner = entity as? Owner else {
      throw RomeError(
        .invalidState, "the relationship is not one of the entity, or the entity is gone", entity: schema.table,
        key: key)
    }
    return owner
  }
}
