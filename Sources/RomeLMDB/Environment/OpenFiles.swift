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

/// A file, whatever names it has.
struct FileIdentity: Equatable {
  private let device: UInt64
  private let number: UInt64
  /// How many names the file has.
  let nameCount: Int
  /// Whether it is no folder or device.
  let isRegularFile: Bool

  /// The file at a path; nil when there is none.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(status.st_ino)
    nameCount = Int(status.st_nlink)
    isRegularFile = status.st_mode & S_IFMT == S_IFREG
  }

  static func == (left: FileIdentity, right: FileIdentity) -> Bool {
    left.device == right.device && left.number == right.number
  }
}

/// The files that the process has open. `@unchecked`: the condition guards the entries.
final class OpenFiles: @unchecked Sendable {
  static let shared = OpenFiles()

  private struct Entry {
    weak var engine: Engine?
    let identity: FileIdentity?
  }

  private let condition = NSCondition()
  private var entries: [FilePlace: Entry] = [:]

  /// The engine of a file. While the last one of it is being closed, this waits.
  ///
  /// - Parameters:
  ///   - place: Where the file is.
  ///   - path: The path of the file, as it was given.
  ///   - open: Opens the file.
  func engine(
    _ place: FilePlace, _ path: String, _ open: () throws(StoreError) -> Engine
  ) throws(StoreError) -> Engine {
    condition.lock()
    defer { condition.unlock() }
    while let entry = try entry(place, FileIdentity(path: path)) {
      if let engine = entry.engine { return engine }
      condition.wait()
    }
    let engine = try open()
    entries[place] = Entry(engine: engine, identity: FileIdentity(path: path))
    return engine
  }

  /// The open file that a path leads to now.
  private func entry(_ place: FilePlace, _ identity: FileIdentity?) throws(StoreError) -> Entry? {
    // The locks of LMDB lie beside the file, under its name: who opens it by another name sees none of them.
    if let identity, identity.nameCount > 1, identity.isRegularFile {
      throw StoreError(
        .unsuitable,
        "the file has \(identity.nameCount) names (hard links), and would be locked by each of them alone: copy it instead"
      )
    }
    guard let entry = entries[place] else {
      // Another way to the same file, such as a folder that is mounted twice.
      return identity.flatMap { identity in entries.values.first { $0.identity == identity } }
    }
    if entry.engine != nil, entry.identity != identity {
      throw StoreError(.unavailable, "the file was removed or replaced while this process has it open")
    }
    return entry
  }

  /// Notes that a file was closed.
  func closed(_ place: FilePlace) {
    condition.lock()
    entries[place] = nil
    condition.broadcast()
    condition.unlock()
  }
}
