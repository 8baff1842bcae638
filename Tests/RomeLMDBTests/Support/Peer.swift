// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Another process on the file of a store: `LMDBPeer`, which the package manager builds beside the tests.
struct Peer {
  /// Why a peer could not run.
  struct Failure: Error {
    let text: String
  }

  private let process = Process()
  private let output = Pipe()
  private let ending: AsyncStream<Void>

  /// Starts a peer.
  ///
  /// - Parameters:
  ///   - work: What it does.
  ///   - file: The file.
  ///   - maximumBytes: How large it lets the file grow.
  ///   - number: How often it does it.
  init(_ work: String, _ file: TestFile, maximumBytes: Int = 4 << 30, _ number: Int) throws {
    let (ending, continuation) = AsyncStream<Void>.makeStream()
    self.ending = ending
    guard let program = Self.program else { throw Failure(text: "LMDBPeer was not built") }
    process.executableURL = program
    process.arguments = [work, file.path, String(maximumBytes), String(number)]
    process.standardOutput = output
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
  }

  /// Waits until the peer has ended.
  ///
  /// - Returns: Whether it has done all of its work.
  func hasDone() async throws -> Bool {
    for await _ in ending {}
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    return process.terminationStatus == 0 && text == "done\n"
  }

  private static let program: URL? = {
    var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
    for _ in 0..<4 {
      let program = folder.appending(path: "LMDBPeer")
      let isFile = (try? program.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
      if isFile, FileManager.default.isExecutableFile(atPath: program.path) { return program }
      folder = folder.deletingLastPathComponent()
    }
    return nil
  }()
}
