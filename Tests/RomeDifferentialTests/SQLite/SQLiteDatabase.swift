// SPDX-License-Identifier: Apache-2.0

import CSQLite
import Rome

/// A database of SQLite in memory: the oracle of the differential test.
final class SQLiteDatabase {
  private let handle: OpaquePointer

  /// Opens an empty database with foreign keys enforced at the commit and a LIKE that tells capital letters from small
  /// ones, as Rome does both.
  init() throws {
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
    guard code == SQLITE_OK, let handle else {
      sqlite3_close_v2(handle)
      throw SQLiteError(code: code, message: "can't open a database in memory", sql: "")
    }
    self.handle = handle
    try execute("PRAGMA foreign_keys = ON")
    try execute("PRAGMA case_sensitive_like = ON")
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs a statement that has no result.
  func execute(_ sql: String, _ values: [Value] = []) throws {
    _ = try rows(sql, values)
  }

  /// Runs a statement.
  ///
  /// - Parameters:
  ///   - sql: The statement.
  ///   - values: The values of its parameters.
  /// - Returns: The rows of its result; the values are NULL, integers, floating-point numbers and texts.
  func rows(_ sql: String, _ values: [Value] = []) throws -> [[Value]] {
    var statement: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, sql, -1, &statement, nil), sql)
    defer { sqlite3_finalize(statement) }
    for (place, value) in values.enumerated() { try bind(value, at: Int32(place + 1), of: statement, sql) }
    var result: [[Value]] = []
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return result }
      guard code == SQLITE_ROW else { throw error(code, sql) }
      result.append((0..<sqlite3_column_count(statement)).map { Self.value(at: $0, of: statement) })
    }
  }

  private func bind(_ value: Value, at place: Int32, of statement: OpaquePointer?, _ sql: String) throws {
    switch value {
    case .null: try check(sqlite3_bind_null(statement, place), sql)
    case .bool(let value): try check(sqlite3_bind_int64(statement, place, value ? 1 : 0), sql)
    case .int(let value), .date(let value): try check(sqlite3_bind_int64(statement, place, value), sql)
    case .double(let value): try check(sqlite3_bind_double(statement, place, value), sql)
    case .string(let value):
      // SQLITE_TRANSIENT, which is a macro with a cast: SQLite copies the text.
      let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      try check(sqlite3_bind_text(statement, place, value, Int32(value.utf8.count), copy), sql)
    default: throw SQLiteError(code: SQLITE_MISMATCH, message: "no value of the differential test: \(value)", sql: sql)
    }
  }

  private static func value(at column: Int32, of statement: OpaquePointer?) -> Value {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .int(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: return .double(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      let bytes = UnsafeBufferPointer(
        start: sqlite3_column_text(statement, column), count: Int(sqlite3_column_bytes(statement, column)))
      return .string(String(decoding: bytes, as: UTF8.self))
    default: return .null
    }
  }

  private func check(_ code: Int32, _ sql: String) throws {
    if code != SQLITE_OK { throw error(code, sql) }
  }

  private func error(_ code: Int32, _ sql: String) -> SQLiteError {
    SQLiteError(code: code, message: String(cString: sqlite3_errmsg(handle)), sql: sql)
  }
}

/// A failure of SQLite: a bug of the test, since it only gets statements that are right.
struct SQLiteError: Error, CustomStringConvertible {
  let code: Int32
  let message: String
  let sql: String

  var description: String { "SQLite \(code): \(message) in \(sql)" }
}
