// SPDX-License-Identifier: Apache-2.0

import RomeLMDB
import StoreTestSupport

/// A file of a store that a test has for itself. It is gone with the process.
struct TestFile: Sendable {
  let path: String

  init() {
    path = TestFolder.newPath()
  }

  /// Opens the store in the file, and makes it if it is not there.
  func open(_ change: (inout LMDBConfiguration) -> Void = { _ in }) throws -> LMDBStore {
    var configuration = LMDBConfiguration(path: path, maximumBytes: 4 << 30)
    change(&configuration)
    return try LMDBStore(configuration)
  }
}
