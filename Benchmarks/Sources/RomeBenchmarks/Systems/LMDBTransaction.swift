// SPDX-License-Identifier: Apache-2.0

import CBenchLMDB

/// Throws what an error code of LMDB means.
func check(_ code: Int32) throws {
  if code != 0 { throw BenchmarkFailure("LMDB: " + String(cString: mdb_strerror(code))) }
}

/// A transaction of the raw LMDB system.
struct LMDBTransaction {
  let pointer: OpaquePointer

  init(_ environment: OpaquePointer, readOnly: Bool) throws {
    var pointer: OpaquePointer?
    try check(mdb_txn_begin(environment, nil, readOnly ? UInt32(MDB_RDONLY) : 0, &pointer))
    guard let pointer else { throw BenchmarkFailure("LMDB gave no transaction") }
    self.pointer = pointer
  }

  /// Runs a writing transaction, and commits it when the closure ends well.
  static func write(_ environment: OpaquePointer, _ body: (LMDBTransaction) throws -> Void) throws {
    let transaction = try LMDBTransaction(environment, readOnly: false)
    do {
      try body(transaction)
    } catch {
      transaction.abort()
      throw error
    }
    try check(mdb_txn_commit(transaction.pointer))
  }

  func abort() { mdb_txn_abort(pointer) }

  func put(_ table: MDB_dbi, _ key: [UInt8], _ value: [UInt8]) throws {
    try with(key) { key in
      try with(value) { value in try check(mdb_put(pointer, table, &key, &value, 0)) }
    }
  }

  func delete(_ table: MDB_dbi, _ key: [UInt8]) throws {
    try with(key) { key in try check(mdb_del(pointer, table, &key, nil)) }
  }

  func get(_ table: MDB_dbi, _ key: [UInt8], _ body: (UnsafeRawBufferPointer) -> Void) throws {
    try with(key) { key in
      var value = MDB_val()
      try check(mdb_get(pointer, table, &key, &value))
      body(UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size))
    }
  }

  /// Calls the closure for the entries whose keys begin with a prefix, until it returns false.
  func scan(
    _ table: MDB_dbi, prefix: [UInt8], _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Bool
  ) throws {
    try withCursor(table) { cursor in
      try with(prefix) { key in
        var value = MDB_val()
        var code = mdb_cursor_get(cursor, &key, &value, prefix.isEmpty ? MDB_FIRST : MDB_SET_RANGE)
        while code == 0 {
          let bytes = UnsafeRawBufferPointer(start: key.mv_data, count: key.mv_size)
          guard bytes.starts(with: prefix) else { return }
          guard try body(bytes, UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size)) else { return }
          code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)
        }
        if code != MDB_NOTFOUND { try check(code) }
      }
    }
  }

  /// The same backward, from the last key that is less than an end.
  func scanBackward(
    _ table: MDB_dbi, prefix: [UInt8], before end: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Bool
  ) throws {
    try withCursor(table) { cursor in
      try with(end) { key in
        var value = MDB_val()
        var code = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE)
        code = mdb_cursor_get(cursor, &key, &value, code == MDB_NOTFOUND ? MDB_LAST : MDB_PREV)
        while code == 0 {
          let bytes = UnsafeRawBufferPointer(start: key.mv_data, count: key.mv_size)
          guard bytes.starts(with: prefix), try body(bytes) else { return }
          code = mdb_cursor_get(cursor, &key, &value, MDB_PREV)
        }
        if code != MDB_NOTFOUND { try check(code) }
      }
    }
  }

  func insert(_ row: InstanceRow, _ tables: RawLMDBSystem.Tables) throws {
    try put(tables.instances, RowBytes.ordered(row.id), RowBytes.encode(row))
    for (table, key) in entries(row, tables) { try put(table, key, []) }
  }

  func remove(_ row: InstanceRow, _ tables: RawLMDBSystem.Tables) throws {
    try delete(tables.instances, RowBytes.ordered(row.id))
    for (table, key) in entries(row, tables) { try delete(table, key) }
  }

  func update(_ id: Int, _ iteration: Int, _ tables: RawLMDBSystem.Tables) throws {
    var changed: [UInt8] = []
    try get(tables.instances, RowBytes.ordered(id)) { changed = RowBytes.changed($0, iteration) }
    try put(tables.instances, RowBytes.ordered(id), changed)
  }

  private func entries(_ row: InstanceRow, _ tables: RawLMDBSystem.Tables) -> [(MDB_dbi, [UInt8])] {
    let id = RowBytes.ordered(row.id)
    return [
      (tables.hosts, Array(row.host.utf8) + [0] + RowBytes.ordered(row.createdAt) + id),
      (tables.projects, Array(row.projectID.utf8) + [0] + id),
    ]
  }

  private func withCursor(_ table: MDB_dbi, _ body: (OpaquePointer) throws -> Void) throws {
    var cursor: OpaquePointer?
    try check(mdb_cursor_open(pointer, table, &cursor))
    guard let cursor else { throw BenchmarkFailure("LMDB gave no cursor") }
    defer { mdb_cursor_close(cursor) }
    try body(cursor)
  }

  /// LMDB takes keys and values as mutable pointers, and only reads them.
  private func with(_ bytes: [UInt8], _ body: (inout MDB_val) throws -> Void) throws {
    try bytes.withUnsafeBytes { bytes in
      var value = MDB_val(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
      try body(&value)
    }
  }
}
