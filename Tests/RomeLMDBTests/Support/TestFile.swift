// SPDX-License-Identifier: Apache-2.0

import Foundation
import RomeLMDB

/// A file of a store that a test has for itself. All of them lie in one folder, which is gone with the process.
struct TestFile: Sendable {
  let path: String

  init() {
    path = Self.folder.appending(path: UUID().uuidString + ".rome").path
  }

  /// Opens the store in the file, and makes it if it is not there.
  func open(_ change: (inout LMDBConfiguration) -> Void = { _ in }) throws -> LMDBStore {
    var configuration = LMDBConfiguration(path: path, maximumBytes: 4 << 30)
    change(&configuration)
    return try LMDBStore(configuration)
  }

  /// The folder of all files.
  static let folder: URL = {
    let url = FileManager.default.temporaryDirectory.appending(path: "rome-lmdb-tests-" + UUID().uuidString)
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: TestFile.folder) }
    return url
  }()
}
