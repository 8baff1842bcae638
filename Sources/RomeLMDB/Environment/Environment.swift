// SPDX-License-Identifier: Apache-2.0

import CLMDB
import Foundation
import Rome
import Synchronization

/// An open file of LMDB with its three databases. It is closed with the last reference, when no transaction is left.
///
/// `@unchecked`: the pointers never change, LMDB's environment may be used by all threads, and transactions are made with
/// `MDB_NOTLS`, so that a reading one may go from thread to thread; each is used by one caller at a time (``ReadTransaction``), and
/// the writing one stays on the thread of the ``Writer``.
final class Environment: @unchecked Sendable {
  let pointer: OpaquePointer
  /// Space and primary key → version and bytes.
  let rows: MDB_dbi
  /// Space and beginning of the key → rest of the key; sorted duplicates.
  let entries: MDB_dbi
  /// What the store keeps beside rows and entries.
  let meta: MDB_dbi
  /// The spaces that are known, which never change once they are there.
  let spaces = Mutex<[SpaceName: UInt32]>([:])
  private let transactions = Mutex(Transactions())
  /// How many of them wait at most: each takes a place among the readers of all processes.
  private let maximumIdle: Int
  private let place: FilePlace

  /// A transaction that is not in use. `@unchecked`: the list that holds it gives it to one caller.
  private struct IdleTransaction: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  private struct Transactions {
    /// Reading transactions that wait to be used again.
    var idle: [IdleTransaction] = []
    /// How many transactions are in use, or are just about to be.
    var activeCount = 0
  }

  /// Opens a file, or makes one.
  init(_ configuration: LMDBConfiguration, at place: FilePlace) throws(StoreError) {
    guard configuration.maximumBytes >= 1 << 16, configuration.maximumReaders >= 1 else {
      throw StoreError(.refused, "a store needs at least 64 KiB and one reader")
    }
    let pointer = try Self.open(configuration)
    do throws(StoreError) {
      (rows, entries, meta) = try Self.openDatabases(pointer)
    } catch {
      mdb_env_close(pointer)
      throw error
    }
    self.pointer = pointer
    self.place = place
    maximumIdle = max(1, min(16, configuration.maximumReaders / 64))
  }

  deinit {
    for transaction in transactions.withLock({ $0.idle }) { mdb_txn_abort(transaction.pointer) }
    mdb_env_close(pointer)
    OpenFiles.shared.closed(place)
  }

  private static func open(_ configuration: LMDBConfiguration) throws(StoreError) -> OpaquePointer {
    var size = configuration.maximumBytes
    while true {
      var pointer: OpaquePointer?
      try StoreError.check(mdb_env_create(&pointer), "making the environment")
      guard let pointer else { throw StoreError(.unavailable, "LMDB made no environment") }
      mdb_env_set_maxdbs(pointer, 3)
      mdb_env_set_maxreaders(pointer, UInt32(clamping: configuration.maximumReaders))
      mdb_env_set_mapsize(pointer, size)
      let flags = UInt32(MDB_NOSUBDIR | MDB_NOTLS | MDB_NORDAHEAD)
      let status = mdb_env_open(pointer, configuration.path, flags, 0o600)
      if status == MDB_SUCCESS {
        // Slots of processes that were killed would be taken for ever.
        mdb_reader_check(pointer, nil)
        return pointer
      }
      mdb_env_close(pointer)
      // A machine or a container that limits address space gives less; the file can still grow to that.
      guard status == ENOMEM, size > 1 << 26 else { throw StoreError(lmdb: status, "opening the file") }
      size /= 2
    }
  }

  private static func openDatabases(_ pointer: OpaquePointer) throws(StoreError) -> (MDB_dbi, MDB_dbi, MDB_dbi) {
    var transaction: OpaquePointer?
    try StoreError.check(mdb_txn_begin(pointer, nil, 0, &transaction), "opening the file")
    do throws(StoreError) {
      try fillMissingEnd(pointer)
      func database(_ name: String, _ flags: CInt) throws(StoreError) -> MDB_dbi {
        var database = MDB_dbi()
        let status = mdb_dbi_open(transaction, name, UInt32(flags | MDB_CREATE), &database)
        if status == MDB_INCOMPATIBLE { throw StoreError(.unsuitable, "the file was not made by this store") }
        try StoreError.check(status, "opening the file")
        return database
      }
      let databases = (
        try database("rows", 0), try database("entries", MDB_DUPSORT), try database("meta", 0)
      )
      try StoreError.check(
        mdb_set_dupsort(transaction, databases.1) { EntryLayout.compare($0, $1) }, "opening the file")
      let isNew = try checkFormat(transaction, databases.2)
      let status = mdb_txn_commit(transaction)
      transaction = nil
      try StoreError.check(status, "opening the file")
      if isNew { syncFolder(pointer) }
      return databases
    } catch {
      if let transaction { mdb_txn_abort(transaction) }
      throw error
    }
  }

  /// Makes a file that was cut as long as it was, with zeros. LMDB maps the whole file into memory, where what is not there would
  /// end the process; pages of zeros are an error. (A file that is whole may be shorter too: pages at its end that were given back
  /// before they were written.) It must be called while the writing transaction keeps other processes from writing.
  private static func fillMissingEnd(_ pointer: OpaquePointer) throws(StoreError) {
    var (information, statistics, descriptor, status) = (MDB_envinfo(), MDB_stat(), mdb_filehandle_t(), stat())
    try StoreError.check(mdb_env_info(pointer, &information), "opening the file")
    try StoreError.check(mdb_env_stat(pointer, &statistics), "opening the file")
    try StoreError.check(mdb_env_get_fd(pointer, &descriptor), "opening the file")
    guard fstat(descriptor, &status) == 0 else { throw StoreError(lmdb: errno, "opening the file") }
    let (length, overflows) = (information.me_last_pgno + 1).multipliedReportingOverflow(by: Int(statistics.ms_psize))
    guard !overflows, length <= information.me_mapsize else {
      throw StoreError(lmdb: MDB_MAP_RESIZED, "opening the file")
    }
    guard length / 2 <= Int(status.st_size) + (1 << 30) else {
      throw StoreError(.corrupt, "most of the file is missing, or its first pages are damaged")
    }
    // Writing one byte can't cut anything off, whatever the length has become meanwhile.
    if length > Int(status.st_size), pwrite(descriptor, [0], 1, off_t(length - 1)) != 1 {
      throw StoreError(lmdb: errno, "opening the file")
    }
  }

  /// Puts the name of a new file onto the disk too: without it a power cut could take the file away, with all that is in it.
  private static func syncFolder(_ pointer: OpaquePointer) {
    var path: UnsafePointer<CChar>?
    guard mdb_env_get_path(pointer, &path) == MDB_SUCCESS, let path else { return }
    let folder = URL(filePath: String(cString: path)).deletingLastPathComponent().path
    let descriptor = Foundation.open(folder, O_RDONLY | O_CLOEXEC)
    // Some file systems have no folders that can be synchronised; they keep the name in their own way.
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    Foundation.close(descriptor)
  }

  /// Writes the format into a new file, and refuses a file of another format.
  ///
  /// - Returns: Whether the file is new.
  private static func checkFormat(_ transaction: OpaquePointer?, _ meta: MDB_dbi) throws(StoreError) -> Bool {
    let cursor = Database(transaction: transaction, meta)
    if let format = try cursor.get(MetaKey.format) {
      guard MetaKey.knownFormats.contains(format) else {
        throw StoreError(.unsuitable, "the file has another format than this version of the store")
      }
      return false
    }
    var statistics = MDB_stat()
    try StoreError.check(mdb_stat(transaction, meta, &statistics), "opening the file")
    guard statistics.ms_entries == 0 else {
      throw StoreError(.unsuitable, "the file was not made by this store")
    }
    try cursor.put(MetaKey.format, MetaKey.currentFormat)
    return true
  }

  /// A transaction that sees the newest state: one that was used before, or a new one.
  ///
  /// - Returns: The transaction; nil when another process has let the file grow beyond what is mapped: ``adoptGrowth()``.
  func beginReading() throws(StoreError) -> OpaquePointer? {
    let idle = transactions.withLock { transactions in
      transactions.activeCount += 1
      return transactions.idle.popLast()
    }
    do throws(StoreError) {
      var transaction = idle?.pointer
      var status = transaction.map { mdb_txn_renew($0) } ?? startReading(&transaction)
      if status == MDB_READERS_FULL {
        mdb_reader_check(pointer, nil)
        status = startReading(&transaction)
      }
      if status == MDB_SUCCESS, let transaction { return transaction }
      if let idle { mdb_txn_abort(idle.pointer) }
      if status != MDB_MAP_RESIZED { throw StoreError(lmdb: status, "reading") }
    } catch {
      transactions.withLock { $0.activeCount -= 1 }
      throw error
    }
    transactions.withLock { $0.activeCount -= 1 }
    return nil
  }

  private func startReading(_ transaction: inout OpaquePointer?) -> CInt {
    mdb_txn_begin(pointer, nil, UInt32(MDB_RDONLY), &transaction)
  }

  /// Takes a reading transaction back.
  func endReading(_ transaction: OpaquePointer) {
    mdb_txn_reset(transaction)
    let isKept = transactions.withLock { transactions in
      transactions.activeCount -= 1
      guard transactions.idle.count < maximumIdle else { return false }
      transactions.idle.append(IdleTransaction(pointer: transaction))
      return true
    }
    if !isKept { mdb_txn_abort(transaction) }
  }

  /// Begins to write; ``endWriting()`` must follow when the transaction has ended.
  ///
  /// - Returns: The transaction; nil when another process has let the file grow beyond what is mapped.
  func beginWriting() throws(StoreError) -> OpaquePointer? {
    transactions.withLock { $0.activeCount += 1 }
    var transaction: OpaquePointer?
    let status = mdb_txn_begin(pointer, nil, 0, &transaction)
    if status == MDB_SUCCESS, let transaction { return transaction }
    endWriting()
    if status != MDB_MAP_RESIZED { throw StoreError(lmdb: status, "beginning to write") }
    return nil
  }

  /// Notes that a writing transaction has ended.
  func endWriting() {
    transactions.withLock { $0.activeCount -= 1 }
  }

  /// Maps as much of the file as another process has let it grow to, and as much again. Nobody may use the map meanwhile, so this
  /// only works when no transaction is under way; those that are begun until then find out that the file has grown.
  ///
  /// - Returns: Whether it was done.
  func adoptGrowth() throws(StoreError) -> Bool {
    let result = transactions.withLock { transactions -> Result<Bool, StoreError> in
      guard transactions.activeCount == 0 else { return .success(false) }
      for transaction in transactions.idle { mdb_txn_abort(transaction.pointer) }
      transactions.idle = []
      return Result { () throws(StoreError) in
        try mapGrowth()
        return true
      }
    }
    return try result.get()
  }

  private func mapGrowth() throws(StoreError) {
    var (information, statistics) = (MDB_envinfo(), MDB_stat())
    try StoreError.check(mdb_env_info(pointer, &information), "reading")
    try StoreError.check(mdb_env_stat(pointer, &statistics), "reading")
    let needed = (information.me_last_pgno + 1) * Int(statistics.ms_psize)
    // Somebody else was faster.
    if needed <= information.me_mapsize { return }
    // LMDB gives the old map up before it makes the new one, so it must be known that there is room.
    for size in [needed * 2, needed] {
      guard let room = mmap(nil, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
        room != MAP_FAILED
      else { continue }
      munmap(room, size)
      return try StoreError.check(mdb_env_set_mapsize(pointer, size), "reading")
    }
    throw StoreError(
      .limitExceeded, "another process let the file grow beyond the address space that this one can have")
  }
}
