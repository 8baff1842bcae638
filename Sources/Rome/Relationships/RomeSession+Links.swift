// SPDX-License-Identifier: Apache-2.0

extension RomeSession {
  /// The rows of a table whose columns equal one of several sets of values, found through the primary key or an index in
  /// one round trip (two where the store can't follow index entries by itself).
  ///
  /// - Returns: The rows for each set of values, in the order of their keys.
  func rows(
    of schema: EntitySchema, where columns: [Int], equal values: [[Value]]
  )
    async throws(RomeError) -> [[FoundRow]]
  {
    if values.isEmpty { return [] }
    let context = try await beginQuery(over: [schema])
    let before = context.reader.statistics
    let (rows, access) = try await rows(of: schema, where: columns, equal: values, context)
    if let onQuery {
      let cost = context.reader.statistics.since(before)
      onQuery(QueryPlan(access, resultCount: rows.reduce(0) { $0 + $1.count }, cost))
    }
    return rows
  }

  /// The rows of a table with these primary keys, in one round trip; nil where there is none.
  func rows(of schema: EntitySchema, with keys: [Key]) async throws(RomeError) -> [FoundRow?] {
    let context = try await beginQuery(over: [schema])
    guard let onQuery else { return try await rows(of: schema, with: keys, context) }
    let before = context.reader.statistics
    let rows = try await rows(of: schema, with: keys, context)
    let found = rows.reduce(0) { $0 + ($1.map { _ in 1 } ?? 0) }
    onQuery(
      QueryPlan(QueryPlan.Access(schema, keys: keys.count), resultCount: found, context.reader.statistics.since(before))
    )
    return rows
  }

  private func rows(
    of schema: EntitySchema, with keys: [Key], _ context: QueryContext
  ) async throws(RomeError) -> [FoundRow?] {
    let stored = try await context.reader.read(keys.map { schema.address($0) })
    var result: [FoundRow?] = []
    result.reserveCapacity(keys.count)
    for (key, row) in zip(keys, stored) {
      result.append(try row.map { row throws(RomeError) in try schema.found(key, row) })
    }
    return result
  }

  private func rows(
    of schema: EntitySchema, where columns: [Int], equal values: [[Value]], _ context: QueryContext
  )
    async throws(RomeError) -> ([[FoundRow]], QueryPlan.Access)
  {
    if schema.primaryKey == columns {
      let rows = try await rows(of: schema, with: values.map { KeyEncoder.encode($0) }, context)
      return (rows.map { $0.map { [$0] } ?? [] }, QueryPlan.Access(schema, keys: values.count))
    }
    // Without an index all sets of values need the same scan: the table is read once for all of them.
    let numbers = Dictionary(grouping: values.indices) { values[$0] }
    var scans: [Scan] = []
    var seen: Set<Scan> = []
    for values in values {
      let scan = try scan(schema, columns, values, context)
      if seen.insert(scan).inserted { scans.append(scan) }
    }
    var result = [[FoundRow]](repeating: [], count: values.count)
    for var page in try await context.reader.scanAll(scans) {
      try page.takeRows { key, row throws(RomeError) in
        let found = try schema.found(key, row)
        // By the values of the row: without snapshots it may have moved on between the looks at the index and at the row.
        for number in numbers[columns.map { found.row[$0] }] ?? [] { result[number].append(found) }
      }
    }
    return (result, QueryPlan.Access(schema, scans))
  }

  private func scan(
    _ schema: EntitySchema, _ columns: [Int], _ values: [Value], _ context: QueryContext
  )
    throws(RomeError) -> Scan
  {
    if Array(schema.primaryKey.prefix(columns.count)) == columns {
      return Scan(schema.rowSpace, .prefix(KeyEncoder.encode(values).bytes))
    }
    for index in schema.indexes where Array(index.columns.prefix(columns.count)) == columns {
      if context.view.isReadable(index.space) { return Scan(index.space, .prefix(index.prefix(values))) }
    }
    // A relationship without a foreign key may have no index; then the table is read.
    return Scan(schema.rowSpace)
  }

  /// The connecting rows of a many-to-many relationship.
  func links<Owner: Entity, Target: Entity>(
    _ relationship: ManyToMany<Owner, Target>, of state: EntityState
  )
    async throws(RomeError) -> [FoundRow]
  {
    let link = relationship.through.schema
    let columns = relationship.ownerColumns.compactMap { link.position(of: $0) }
    let values = try link.targetColumns(of: columns, in: state.schema).map { state.value(at: $0) }
    if values.contains(where: \.isNull) { return [] }
    return try await rows(of: link, where: columns, equal: [values]).first ?? []
  }
}

extension EntitySchema {
  /// The found row of stored bytes.
  func found(_ key: Key, _ row: StoredRow) throws(RomeError) -> FoundRow {
    FoundRow(key: key, version: row.version == .pending ? nil : row.version, row: try decode(row, key: key))
  }
}
