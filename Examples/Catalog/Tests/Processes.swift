// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Runs a program and gives back what it prints.
///
/// - Parameters:
///   - path: The program.
///   - arguments: What it is called with.
///   - input: What it reads.
func run(_ path: String, _ arguments: [String], input: String = "") throws -> String {
  // The input lies in a file, so that a program which writes before it has read everything does not wait for us.
  let file = FileManager.default.temporaryDirectory.appending(path: "catalog-\(UUID().uuidString)")
  try Data(input.utf8).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(filePath: path)
  process.arguments = arguments
  process.standardInput = try FileHandle(forReadingFrom: file)
  process.standardOutput = output
  try process.run()
  let data = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0, "\(path) \(arguments)")
  return String(decoding: data, as: UTF8.self)
}
