// SPDX-License-Identifier: Apache-2.0

import CLMDB
import Foundation
import Rome

extension StoreError {
  /// A failure of LMDB or of the file system as an error of the store.
  ///
  /// - Parameters:
  ///   - status: What LMDB returned.
  ///   - doing: What the store was about to do.
  init(lmdb status: CInt, _ doing: String) {
    let text = String(cString: mdb_strerror(status))
    switch status {
    case MDB_MAP_FULL:
      self.init(.limitExceeded, "the file has grown to the maximum of the configuration (\(doing))")
    case MDB_MAP_RESIZED: self.init(.unavailable, "another process has just let the file grow (\(doing))")
    case MDB_READERS_FULL: self.init(.unavailable, "there are too many readers and snapshots (\(doing))")
    case MDB_INVALID, MDB_VERSION_MISMATCH: self.init(.unsuitable, "the file is none of LMDB, or of another version")
    case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_PANIC: self.init(.corrupt, "\(text) (\(doing))")
    case MDB_TXN_FULL: self.init(.limitExceeded, "the commit changes more pages than LMDB takes at once (\(doing))")
    case MDB_BAD_VALSIZE: self.init(.limitExceeded, "a key is empty or too large (\(doing))")
    case ENOSPC, EDQUOT: self.init(.limitExceeded, "the disk is full (\(doing))")
    case ENOENT: self.init(.unavailable, "the folder of the file does not exist")
    case EACCES, EPERM, EROFS: self.init(.unauthorized, "\(text) (\(doing))")
    default: self.init(.unavailable, "\(text) (\(doing))")
    }
  }

  /// Throws unless LMDB was successful.
  static func check(_ status: CInt, _ doing: String) throws(StoreError) {
    if status != MDB_SUCCESS { throw StoreError(lmdb: status, doing) }
  }
}
