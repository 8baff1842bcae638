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
  public func get<E: Entity>(_ type: E.Type, keys: some Sequence<some ColumnValue>) async throws(RomeError) -> [E?] {
    var encoded: [Key?] = []
    encoded.reserveCapacity(keys.underestimatedCount)
    for key in keys { encoded.append(try E.schema.encodedKey(ofOne: key.value)) }
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

  /// The entities with encoded primary keys; nil for a key that is nil, and for one that no row has.
  private func get<E: Entity>(_ type: E.Type, encoded keys: [Key?]) async throws(RomeError) -> [E?] {
    let schema = E.schema
    if autoflush { try await flush() }
    let table = identity.table(of: schema)
    table.makeRoom(for: keys.count)
    let request = table.beginRequest()
    var result = [E?](repeating: nil, count: keys.count)
    var wanted: [Key] = []
    wanted.reserveCapacity(keys.count)
    // For each key that is not held its place, and whether its row is read for it or for the same key before.
    var open: [(number: Int, place: IdentityTable.Place, isFirst: Bool)] = []
    open.reserveCapacity(keys.count)
    for (number, key) in keys.enumerated() {
      guard let key else { continue }
      let place = table.place(of: key)
      if let held = current(type, table.entity(key, at: place)) {
        result[number] = held
      } else {
        let isFirst = table.isFirst(place, in: request)
        if isFirst { wanted.append(key) }
        open.append((number, place, isFirst))
      }
    }
    if wanted.isEmpty { return result }
    var rows = try await rows(of: schema, with: wanted)
    var next = 0
    for (number, place, isFirst) in open {
      if !isFirst {
        result[number] = keys[number].flatMap { table.entity($0, at: place) } as? E
      } else {
        if let row = rows[next].take() { result[number] = try entity(type, schema, of: consume row, table, at: place) }
        next += 1
      }
    }
    return result
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
