// SPDX-License-Identifier: Apache-2.0

extension RomeSession {
  /// The entity with a primary key: without a round trip when the session has read it in this unit of work, else in one.
  /// Soft-deleted rows are found, too.
  ///
  /// - Parameters:
  ///   - type: The entity.
  ///   - key: The values of the columns of the primary key, in their order.
  /// - Returns: The entity, or nil when there is none, or a value is nil.
  /// - Throws: ``RomeError/Code/invalidQuery`` for a wrong number of values, ``RomeError/Code/wrongType`` for one of another
  ///   type than its column, what ``flush()`` throws, and the failures of reading.
  public func get<E: Entity>(_ type: E.Type, _ key: (any ColumnValue)?...) async throws(RomeError) -> E? {
    let schema = E.schema
    if autoflush { try await flush() }
    guard let encoded = try schema.encodedKey(key) else { return nil }
    let table = identity.table(of: schema)
    table.makeRoom(for: 1)
    let place = table.place(of: encoded)
    if let held = current(type, table.entity(encoded, at: place)) { return held }
    guard let row = try await rows(of: schema, with: [encoded])[0] else { return nil }
    return try entity(type, schema, of: row, table, at: place)
  }

  /// The entities with primary keys of one column, all of them in at most one round trip.
  ///
  /// - Parameters:
  ///   - type: The entity.
  ///   - keys: The primary keys.
  /// - Returns: For each key the entity, or nil when there is none.
  /// - Throws: As `get` of one key.
  @inlinable
  public func get<E: Entity>(_ type: E.Type, keys: some Sequence<some ColumnValue>) async throws(RomeError) -> [E?] {
    // Inlined, as a sequence that is known is walked several times as fast.
    try await get(type, values: keys.map { $0.value })
  }

  /// The entities with these values in the only column of their primary keys.
  @usableFromInline
  func get<E: Entity>(_ type: E.Type, values: [Value]) async throws(RomeError) -> [E?] {
    let schema = E.schema
    var encoded: [Key?] = []
    encoded.reserveCapacity(values.count)
    for value in values { encoded.append(try schema.encodedKey(ofOne: value)) }
    return try await get(type, encoded: encoded)
  }

  /// The entities with primary keys of several columns, all of them in at most one round trip.
  ///
  /// - Parameters:
  ///   - type: The entity.
  ///   - keys: The primary keys, each of them as the values of its columns in their order.
  /// - Returns: For each key the entity, or nil when there is none.
  /// - Throws: As `get` of one key.
  public func get<E: Entity>(
    _ type: E.Type, compositeKeys keys: [[(any ColumnValue)?]]
  )
    async throws(RomeError) -> [E?]
  {
    var encoded: [Key?] = []
    encoded.reserveCapacity(keys.count)
    for key in keys { encoded.append(try E.schema.encodedKey(key)) }
    return try await get(type, encoded: encoded)
  }

  /// How the entity of a key is got.
  private enum Step {
    /// The key is NULL, which no row has.
    case none
    case held(any Entity)
    /// Its row is read.
    case read(IdentityTable.Place)
    /// Its row is read for the same key before.
    case again(IdentityTable.Place, Key)
  }

  /// The entities with encoded primary keys; nil for a key that is nil, and for one that no row has.
  private func get<E: Entity>(_ type: E.Type, encoded keys: [Key?]) async throws(RomeError) -> [E?] {
    let schema = E.schema
    if autoflush { try await flush() }
    let table = identity.table(of: schema)
    table.makeRoom(for: keys.count)
    let request = table.beginRequest()
    var wanted: [Key] = []
    wanted.reserveCapacity(keys.count)
    var steps: [Step] = []
    steps.reserveCapacity(keys.count)
    for key in keys {
      guard let key else {
        steps.append(.none)
        continue
      }
      let place = table.place(of: key)
      if let held = current(type, table.entity(key, at: place)) {
        steps.append(.held(held))
      } else if table.isFirst(place, in: request) {
        wanted.append(key)
        steps.append(.read(place))
      } else {
        steps.append(.again(place, key))
      }
    }
    let rows = wanted.isEmpty ? [] : try await rows(of: schema, with: wanted)
    return try entities(type, schema, steps, rows, table)
  }

  /// What the steps lead to, with the rows that were read for them.
  private func entities<E: Entity>(
    _ type: E.Type, _ schema: EntitySchema, _ steps: [Step], _ rows: consuming [FoundRow?], _ table: IdentityTable
  ) throws(RomeError) -> [E?] {
    var entities: [E?] = []
    entities.reserveCapacity(steps.count)
    var next = 0
    for step in steps {
      switch step {
      case .none: entities.append(nil)
      case .held(let held): entities.append(held as? E)
      case .again(let place, let key): entities.append(table.entity(key, at: place) as? E)
      case .read(let place):
        if next < rows.count, let row = rows[next].take() {
          entities.append(try entity(type, schema, of: consume row, table, at: place))
        } else {
          entities.append(nil)
        }
        next += 1
      }
    }
    return entities
  }
}

extension EntitySchema {
  /// The encoded primary key of one column; nil when it is NULL, which no row has.
  func encodedKey(ofOne value: Value) throws(RomeError) -> Key? {
    try checkCount(ofKey: 1)
    if value.isNull { return nil }
    try checkType(of: value, at: primaryKey[0])
    return KeyEncoder.encode(value)
  }

  /// The encoded primary key; nil when one of its values is NULL, which no row has.
  func encodedKey(_ key: [(any ColumnValue)?]) throws(RomeError) -> Key? {
    if key.count == 1 { return try encodedKey(ofOne: key[0]?.value ?? .null) }
    return try keyValues(key).map { KeyEncoder.encode($0) }
  }

  private func checkCount(ofKey count: Int) throws(RomeError) {
    guard count == primaryKey.count else {
      throw RomeError(.invalidQuery, "the primary key has \(primaryKey.count) columns, not \(count)", entity: table)
    }
  }

  /// The stored values of a primary key; nil when one of them is NULL, which no row has.
  func keyValues(_ key: [(any ColumnValue)?]) throws(RomeError) -> [Value]? {
    try checkCount(ofKey: key.count)
    let values = key.map { $0?.value ?? .null }
    for (position, value) in zip(primaryKey, values) where !value.isNull { try checkType(of: value, at: position) }
    return values.contains(where: \.isNull) ? nil : values
  }
}
