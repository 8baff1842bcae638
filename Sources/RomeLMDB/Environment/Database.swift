// SPDX-License-Identifier: Apache-2.0

import CLMDB
import Rome

/// One of the databases of a file in a transaction. Bytes that it hands out as buffers are those of the file: they are gone with
/// the transaction, or with the next write of a writing one.
struct Database {
  let transaction: OpaquePointer?
  let index: MDB_dbi

  init(transaction: OpaquePointer?, _ index: MDB_dbi) {
    self.transaction = transaction
    self.index = index
  }

  /// Calls the closure with the value of a key.
  func withValue<Result>(
    _ key: [UInt8], _ body: (UnsafeRawBufferPointer?) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    var value = MDB_val()
    let status = withMDBValue(key) { mdb_get(transaction, index, &$0, &value) }
    if status == MDB_NOTFOUND { return try body(nil) }
    try StoreError.check(status, "reading")
    return try body(value.bytes)
  }

  /// The value of a key; nil when there is none.
  func get(_ key: [UInt8]) throws(StoreError) -> [UInt8]? {
    try withValue(key) { value throws(StoreError) in value.map { Array($0) } }
  }

  /// Sets the value of a key.
  func put(_ key: [UInt8], _ value: [UInt8]) throws(StoreError) {
    let status = withMDBValue(key) { key in withMDBValue(value) { mdb_put(transaction, index, &key, &$0, 0) } }
    try StoreError.check(status, "writing")
  }

  /// Removes a key; nothing happens when there is none.
  ///
  /// - Returns: Whether there was one.
  @discardableResult
  func delete(_ key: [UInt8]) throws(StoreError) -> Bool {
    let status = withMDBValue(key) { mdb_del(transaction, index, &$0, nil) }
    if status == MDB_NOTFOUND { return false }
    try StoreError.check(status, "writing")
    return true
  }

  /// Calls the closure with a cursor.
  func withCursor<Result>(_ body: (DatabaseCursor) throws(StoreError) -> Result) throws(StoreError) -> Result {
    var cursor: OpaquePointer?
    try StoreError.check(mdb_cursor_open(transaction, index, &cursor), "reading")
    guard let cursor else { throw StoreError(.unavailable, "LMDB made no cursor") }
    defer { mdb_cursor_close(cursor) }
    return try body(DatabaseCursor(pointer: cursor))
  }
}

/// A place in a database.
struct DatabaseCursor {
  let pointer: OpaquePointer

  /// An item of a database.
  struct Item {
    let key: UnsafeRawBufferPointer
    let value: UnsafeRawBufferPointer
  }

  /// Moves to another place.
  ///
  /// - Returns: The item there; nil when there is none.
  func move(_ operation: MDB_cursor_op) throws(StoreError) -> Item? {
    var key = MDB_val()
    var value = MDB_val()
    return try item(mdb_cursor_get(pointer, &key, &value, operation), key, value)
  }

  /// Moves to the first item whose key is not smaller.
  func seek(_ key: [UInt8]) throws(StoreError) -> Item? {
    var value = MDB_val()
    var found = MDB_val()
    let status = withMDBValue(key) { key in
      found = key
      return mdb_cursor_get(pointer, &found, &value, MDB_SET_RANGE)
    }
    return try item(status, found, value)
  }

  /// Moves to the first duplicate of the key that is not smaller.
  func seek(_ key: [UInt8], _ value: [UInt8]) throws(StoreError) -> Item? {
    var found = MDB_val()
    var data = MDB_val()
    let status = withMDBValue(key) { key in
      withMDBValue(value) { value in
        found = key
        data = value
        return mdb_cursor_get(pointer, &found, &data, MDB_GET_BOTH_RANGE)
      }
    }
    // The key is still the caller's: LMDB has not moved it.
    guard let item = try item(status, found, data) else { return nil }
    return Item(key: UnsafeRawBufferPointer(start: nil, count: 0), value: item.value)
  }

  /// Adds a duplicate; nothing happens when it is there.
  ///
  /// - Returns: Whether it was added.
  func put(_ key: [UInt8], _ value: [UInt8]) throws(StoreError) -> Bool {
    let status = withMDBValue(key) { key in
      withMDBValue(value) { mdb_cursor_put(pointer, &key, &$0, UInt32(MDB_NODUPDATA)) }
    }
    if status == MDB_KEYEXIST { return false }
    try StoreError.check(status, "writing")
    return true
  }

  /// Sets the value of a key to two pieces, one behind the other.
  ///
  /// - Returns: Whether the key is new.
  func put(_ key: [UInt8], _ head: [UInt8], _ tail: [UInt8]) throws(StoreError) -> Bool {
    let count = head.count + tail.count
    var value = MDB_val(mv_size: count, mv_data: nil)
    var isNew = true
    let status = withMDBValue(key) { key in
      let status = mdb_cursor_put(pointer, &key, &value, UInt32(MDB_NOOVERWRITE | MDB_RESERVE))
      if status != MDB_KEYEXIST { return status }
      // The cursor is at the key now, so that it need not be sought again.
      isNew = false
      value = MDB_val(mv_size: count, mv_data: nil)
      return mdb_cursor_put(pointer, &key, &value, UInt32(MDB_CURRENT | MDB_RESERVE))
    }
    try StoreError.check(status, "writing")
    let target = UnsafeMutableRawBufferPointer(start: value.mv_data, count: count)
    target.copyBytes(from: head)
    UnsafeMutableRawBufferPointer(rebasing: target[head.count...]).copyBytes(from: tail)
    return isNew
  }

  /// Sets the value of a key to a number.
  ///
  /// - Parameter change: Gives the number for the value that the key has.
  func replace(
    _ key: [UInt8], _ change: (UnsafeRawBufferPointer?) throws(StoreError) -> UInt64
  ) throws(StoreError) {
    var old = MDB_val()
    let found = withMDBValue(key) { mdb_cursor_get(pointer, &$0, &old, MDB_SET) }
    if found != MDB_NOTFOUND { try StoreError.check(found, "reading") }
    let isNew = found == MDB_NOTFOUND
    var number = try change(isNew ? nil : old.bytes).bigEndian
    let status = withMDBValue(key) { key in
      withUnsafeMutableBytes(of: &number) { number in
        var value = MDB_val(mv_size: number.count, mv_data: number.baseAddress)
        return mdb_cursor_put(pointer, &key, &value, UInt32(isNew ? 0 : MDB_CURRENT))
      }
    }
    try StoreError.check(status, "writing")
  }

  /// Removes the item at the place.
  func delete() throws(StoreError) {
    try StoreError.check(mdb_cursor_del(pointer, 0), "writing")
  }

  private func item(_ status: CInt, _ key: MDB_val, _ value: MDB_val) throws(StoreError) -> Item? {
    if status == MDB_NOTFOUND { return nil }
    try StoreError.check(status, "reading")
    return Item(key: key.bytes, value: value.bytes)
  }
}

extension MDB_val {
  /// The bytes that the value stands for.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: mv_data, count: mv_size) }
}

/// Calls the closure with bytes as LMDB takes them. LMDB does not change them.
func withMDBValue<Result>(_ bytes: [UInt8], _ body: (inout MDB_val) -> Result) -> Result {
  bytes.withUnsafeBytes { buffer in
    var value = MDB_val(mv_size: buffer.count, mv_data: UnsafeMutableRawPointer(mutating: buffer.baseAddress))
    return body(&value)
  }
}
