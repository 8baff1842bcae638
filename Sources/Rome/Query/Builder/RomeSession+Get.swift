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
    var result = [E?](repeating: nil, count: keys.count)
    var wanted: [Key] = []
    wanted.reserveCapacity(keys.count)
    // For each key the number of the row that is read for it.
    var numbers = [Int?](repeating: nil, count: keys.count)
    var known: [Key: Int] = [:]
    known.reserveCapacity(keys.count)
    func number(_ known: inout Int) -> Int { known }
    for (place, key) in keys.enumerated() {
      guard let key else { continue }
      if let held = heldEntity(type, key: key) {
        result[place] = held
        continue
      }
      // Through the place in the dictionary, the key is hashed once whether it is known or not.
      let number = number(&known[key, default: wanted.count])
      if number == wanted.count { wanted.append(key) }
      numbers[place] = number
    }
    if wanted.isEmpty { return result }
    let rows = try await rows(of: schema, with: wanted)
    let table = identity.table(of: schema)
    table.reserve(wanted.count)
    for (place, number) in numbers.enumerated() {
      guard let number, let row = rows[number] else { continue }
      // Of a key that came before, the session holds the entity by now.
      result[place] = try entity(type, schema, of: row, table)
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
