// SPDX-License-Identifier: Apache-2.0

extension EntitySchema {
  /// The encoded primary key of the row with these values; nil while one of its columns is NULL.
  func key(of values: (Int) -> Value) -> Key? {
    if primaryKey.count == 1 {
      let value = values(primaryKey[0])
      return value.isNull ? nil : KeyEncoder.encode(value)
    }
    let key = primaryKey.map(values)
    return key.contains(where: \.isNull) ? nil : KeyEncoder.encode(key)
  }

  /// Where the row with the primary key is.
  func address(_ key: Key) -> RowAddress {
    RowAddress(table: table, key: key)
  }

  /// The error of a row whose bytes are none of this table.
  func corruptRow(_ problem: EncodedRow.Malformed, key: Key) -> RomeError {
    RomeError(.corruptRow, problem.reason, entity: table, column: problem.column, key: key)
  }

  /// The columns of a stored row.
  func decode(_ row: StoredRow, key: Key) throws(RomeError) -> EncodedRow {
    do {
      return try EncodedRow(row.buffer, row.range, rowShape)
    } catch {
      throw corruptRow(error, key: key)
    }
  }

  /// The columns of a row that is staged.
  func decode(_ bytes: [UInt8], key: Key) throws(RomeError) -> EncodedRow {
    try decode(StoredRow(version: .pending, bytes: bytes), key: key)
  }
}

extension EntitySchema.Index {
  /// The entry of a row.
  ///
  /// - Parameters:
  ///   - key: The encoded primary key of the row.
  ///   - row: The row.
  func entry(for key: Key, of row: EncodedRow) -> IndexEntry {
    var length = 0
    for column in columns { length += row.withKeyPart(column) { $0.length } }
    let whole = KeyWriter.key(ofLength: length + key.bytes.count) { writer in
      for place in columns.indices {
        row.withKeyPart(columns[place]) { writer.append($0, descending: descending[place]) }
      }
      key.bytes.withUnsafeBytes { writer.append(encoded: $0) }
    }
    return IndexEntry(key: whole, columnsLength: length)
  }

  /// Whether one of the indexed columns is NULL, so that the row collides with no other.
  func hasNull(in row: EncodedRow) -> Bool {
    columns.contains { row.isNull($0) }
  }

  /// The encoded values of the first columns of the index, as the begin of its entries.
  func prefix(_ values: [Value]) -> [UInt8] {
    var encoder = KeyEncoder()
    for (value, isDescending) in zip(values, descending) { encoder.append(value, descending: isDescending) }
    return encoder.bytes
  }
}
