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
    path = FileManager.default.temporaryDirectory.appending(path: "torture-disk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let options = "size=\(megabytes)m,mode=700"
    guard Self.run("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path]) else {
      try? FileManager.default.removeItem(atPath: path)
      throw Unavailable()
    }
  }

  deinit {
    // Lazily: a file that is still mapped keeps its disk until it is closed.
    if Self.run("umount", ["-l", path]) { try? FileManager.default.removeItem(atPath: path) }
  }

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

  private static func run(_ program: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
