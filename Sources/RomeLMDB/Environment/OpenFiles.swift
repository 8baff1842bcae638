// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

/// A file, whatever path leads to it.
struct FilePlace: Hashable, Sendable {
  private let path: String

  init(_ path: String) {
    let url = URL(filePath: path)
    // The file need not exist yet; its folder must.
    let file = url.resolvingSymlinksInPath()
    self.path = file.deletingLastPathComponent().resolvingSymlinksInPath().path + "/" + file.lastPathComponent
  }
}

/// The files that the process has open. `@unchecked`: the condition guards the entries.
final class OpenFiles: @unchecked Sendable {
  static let shared = OpenFiles()

  private struct Entry {
    weak var engine: Engine?
  }

  private let condition = NSCondition()
  private var entries: [FilePlace: Entry] = [:]

  /// The engine of a file. While the last one of it is being closed, this waits.
  func engine(_ place: FilePlace, _ open: () throws(StoreError) -> Engine) throws(StoreError) -> Engine {
    condition.lock()
    defer { condition.unlock() }
    while let entry = entries[place] {
      if let engine = entry.engine { return engine }
      condition.wait()
    }
    let engine = try open()
    entries[place] = Entry(engine: engine)
    return engine
  }

  /// Notes that a file was closed.
  func closed(_ place: FilePlace) {
    condition.lock()
    entries[place] = nil
    condition.broadcast()
    condition.unlock()
  }
}
