// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A small file system in memory, which can be filled. Only root may make one.
final class SmallDisk: Sendable {
  /// The disk can't be made here.
  struct Unavailable: Error {}

  /// Where it is.
  let path: String
  private var ballast: String { path + "/ballast" }

  /// Makes and mounts a disk.
  ///
  /// - Parameter megabytes: Its size.
  /// - Throws: ``Unavailable`` where that is not allowed.
  init(megabytes: Int) throws {
    path = try Leftovers.makeFolder()
    guard Leftovers.runProgram("mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=700", "tmpfs", path]) else {
      Leftovers.remove(path)
      throw Unavailable()
    }
    Leftovers.noteDisk(at: path)
  }

  deinit { Leftovers.remove(path) }

  /// Takes all space that is left.
  func fill() {
    let file = open(ballast, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    let block = [UInt8](repeating: 0, count: 1 << 16)
    var size = block.count
    // Smaller and smaller pieces, to the last byte.
    while size > 0 {
      if write(file, block, size) <= 0 { size /= 2 }
    }
  }

  /// Gives the space back.
  func release() { unlink(ballast) }
}
