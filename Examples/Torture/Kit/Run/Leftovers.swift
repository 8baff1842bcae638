// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// What must not stay on the machine when the program is told to end early: folders, and disks that are mounted.
public enum Leftovers {
  private static let folders = Mutex<[String: Bool]>([:])

  /// Makes a folder that goes with the program.
  ///
  /// - Returns: Its path.
  /// - Throws: When it can't be made.
  static func makeFolder() throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "torture-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    folders.withLock { $0[path] = false }
    return path
  }

  /// Notes that a disk is mounted on a folder.
  static func noteDisk(at path: String) { folders.withLock { $0[path] = true } }

  /// Removes a folder, and the disk on it.
  static func remove(_ path: String) {
    guard let isDisk = folders.withLock({ $0.removeValue(forKey: path) }) else { return }
    // Lazily: a file that is still mapped keeps its disk until it is closed.
    if isDisk, !runProgram("umount", ["-l", path]) { return }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Ends the program when it is interrupted, and removes everything first. Servers and clients end by themselves when this process
  /// is no more.
  public static func removeWhenInterrupted() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        for path in folders.withLock({ Array($0.keys) }) { remove(path) }
        _exit(128 + number)
      }
      source.resume()
      // It is there for as long as the program.
      _ = Unmanaged.passRetained(source as AnyObject)
    }
  }

  /// Runs a program of the system.
  ///
  /// - Returns: Whether it ended with 0.
  static func runProgram(_ name: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [name] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
