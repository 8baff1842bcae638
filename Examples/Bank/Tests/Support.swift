// SPDX-License-Identifier: Apache-2.0

import BankKit
import Foundation
import RedisTestSupport
import Rome
import RomeRedis

/// The stores that the tests run on.
enum BankStore: String, CaseIterable, Sendable {
  case memory
  case redis

  /// Lets a test use an empty store, and removes what the test leaves.
  func use<Result>(_ body: (any Store) async throws -> Result) async throws -> Result {
    if self == .memory { return try await body(MemoryStore()) }
    return try await withNamespace { namespace in
      let store = try await RedisStore.connect(to: RedisConfiguration(url: namespace))
      let result = try await body(store)
      await store.close()
      return result
    }
  }
}

/// Gives a test the URL of a namespace of its own on the server that all tests share, and erases it afterwards.
func withNamespace<Result>(_ body: (String) async throws -> Result) async throws -> Result {
  let url = try await RedisServer.shared.url + "?namespace=bank-" + UUID().uuidString
  let result: Swift.Result<Result, any Error>
  do {
    result = .success(try await body(url))
  } catch {
    result = .failure(error)
  }
  let cleaner = try await RedisStore.connect(to: RedisConfiguration(url: url))
  try await cleaner.eraseNamespace()
  await cleaner.close()
  return try result.get()
}

/// Lets the tellers of a workload work until its end.
func run(_ workload: Workload, on store: any Store) async throws -> Tally {
  let board = TallyBoard()
  try await workload.run(on: store, during: workload.makeShift(), board: board)
  return board.tally
}

/// The program of the example, as the package manager has built it beside the tests.
struct BankProgram {
  private let path: URL

  /// nil when only the tests were built.
  init?() {
    let program = Bundle.main.executableURL.map { [$0.path] } ?? []
    let neighbours: [String] = program + CommandLine.arguments + Bundle.allBundles.map { $0.bundlePath }
    let candidates = neighbours.flatMap { neighbour in
      let url = URL(filePath: neighbour)
      return [url, url.deletingLastPathComponent()].map { $0.appending(path: "Bank") }
    }
    guard let path = candidates.first(where: { Self.isProgram($0.path) }) else { return nil }
    self.path = path
  }

  private static func isProgram(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }

  /// How a run has ended.
  struct Ending {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs the program.
  ///
  /// - Parameters:
  ///   - arguments: What it is called with.
  ///   - meanwhile: What to do while it runs; gets its process id.
  func run(_ arguments: String..., meanwhile: (Int32) async throws -> Void = { _ in }) async throws -> Ending {
    let directory = FileManager.default.temporaryDirectory.appending(path: "bank-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let files = ["output", "errors"].map { directory.appending(path: $0) }
    for file in files { try Data().write(to: file) }
    let process = Process()
    process.executableURL = path
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    let (endings, continuation) = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    do {
      try await meanwhile(process.processIdentifier)
    } catch {
      process.terminate()
      throw error
    }
    for await _ in endings {}
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Ending(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }
}
