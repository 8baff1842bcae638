// SPDX-License-Identifier: Apache-2.0

import CLMDB
import Rome

@testable import RomeLMDB

/// The file of a store as another program writes it, by LMDB alone. No store of this process may have it open meanwhile.
struct RawFile {
  let rows: Database
  let entries: Database
  let meta: Database

  /// Writes to a file in one transaction.
  static func write(_ file: TestFile, _ work: (RawFile) throws(StoreError) -> Void) throws(StoreError) {
    var environment: OpaquePointer?
    try StoreError.check(mdb_env_create(&environment), "making the environment")
    defer { mdb_env_close(environment) }
    mdb_env_set_maxdbs(environment, 3)
    mdb_env_set_mapsize(environment, 1 << 30)
    try StoreError.check(mdb_env_open(environment, file.path, UInt32(MDB_NOSUBDIR), 0o600), "opening the file")
    var transaction: OpaquePointer?
    try StoreError.check(mdb_txn_begin(environment, nil, 0, &transaction), "beginning to write")
    func database(_ name: String, _ flags: CInt) throws(StoreError) -> Database {
      var index = MDB_dbi()
      try StoreError.check(mdb_dbi_open(transaction, name, UInt32(flags | MDB_CREATE), &index), "opening the file")
      return Database(transaction: transaction, index)
    }
    do throws(StoreError) {
      let entries = try database("entries", MDB_DUPSORT)
      mdb_set_dupsort(transaction, entries.index) { EntryLayout.compare($0, $1) }
      try work(RawFile(rows: try database("rows", 0), entries: entries, meta: try database("meta", 0)))
    } catch {
      mdb_txn_abort(transaction)
      throw error
    }
    try StoreError.check(mdb_txn_commit(transaction), "writing to the disk")
  }

  /// What the store keeps under a key.
  static func meta(_ file: TestFile, _ key: [UInt8]) throws -> [UInt8]? {
    var value: [UInt8]?
    try write(file) { raw throws(StoreError) in value = try raw.meta.get(key) }
    return value
  }

  /// Puts what a build has written that knows the first format only: spaces with rows and entries, and a revision without a mark.
  func writeFirstFormat(_ contents: [(space: KeySpace, keys: [Key])], revision: UInt64) throws(StoreError) {
    for (place, (space, keys)) in contents.enumerated() {
      let number = UInt32(place + 1)
      try meta.put(MetaKey.lastSpace, UInt64(number).bytes)
      try meta.put(try MetaKey.space(space), UInt64(number).bytes)
      for key in keys {
        if space.index == nil {
          try rows.put(EntryLayout.key(number, key), revision.bytes + [1, 2, 3])
        } else {
          let value = EntryLayout.value(IndexEntry(key: key, columnsLength: 1))
          try entries.put(EntryLayout.head(number, key), value)
        }
      }
    }
    try meta.put(Array("format".utf8), Array("rome 1".utf8))
    try meta.put(Array("revision".utf8), revision.bytes)
  }
}
