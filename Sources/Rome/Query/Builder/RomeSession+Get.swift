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
    guard let values = try schema.keyValues(key) else { return nil }
    let encoded = KeyEncoder.encode(values)
    if let held = heldEntity(type, key: encoded) { return held }
    return try await rows(of: schema, with: [encoded])[0].map { row throws(RomeError) in try entity(type, of: row) }
  }

  /// The entities with primary keys of one column, all of them in at most one round trip.
  ///
  /// - Parameters:
  ///   - type: The entity.
  ///   - keys: The primary keys.
  /// - Returns: For each key the entity, or nil when there is none.
  /// - Throws: As `get` of one key.
  public func get<E: Entity>(_ type: E.Type, keys: some Sequence<some ColumnValue>) async throws(RomeError) -> [E?] {
    try await get(type, compositeKeys: keys.map { [$0] })
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
    let schema = E.schema
    if autoflush { try await flush() }
    var result = [E?](repeating: nil, count: keys.count)
    var wanted: [Key] = []
    // For each key the number of the row that is read for it.
    var numbers = [Int?](repeating: nil, count: keys.count)
    var known: [Key: Int] = [:]
    for (place, key) in keys.enumerated() {
      guard let values = try schema.keyValues(key) else { continue }
      let encoded = KeyEncoder.encode(values)
      if let held = heldEntity(type, key: encoded) {
        result[place] = held
      } else if let number = known[encoded] {
        numbers[place] = number
      } else {
        known[encoded] = wanted.count
        numbers[place] = wanted.count
        wanted.append(encoded)
      }
    }
    if wanted.isEmpty { return result }
    let rows = try await rows(of: schema, with: wanted)
    for (place, number) in numbers.enumerated() {
      guard let number, let row = rows[number] else { continue }
      // Of a key that came before, the session holds the entity by now.
      result[place] = try entity(type, of: row)
    }
    return result
  }
}

extension EntitySchema {
  /// The stored values of a primary key; nil when one of them is NULL, which no row has.
  func keyValues(_ key: [(any ColumnValue)?]) throws(RomeError) -> [Value]? {
    guard key.count == primaryKey.count else {
      throw RomeError(
        .invalidQuery, "the primary key has \(primaryKey.count) columns, not \(key.count)", entity: table)
    }
    let values = key.map { $0?.value ?? .null }
    for (position, value) in zip(primaryKey, values) where !value.isNull { try checkType(of: value, at: position) }
    return values.contains(where: \.isNull) ? nil : values
  }
}
