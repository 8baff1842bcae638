// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeLMDB
import Testing

/// `Catalog --add-index` on a file, as a program: it is killed in the middle, and another run finishes what it has begun.
@Suite(.timeLimit(.minutes(2))) struct IndexAdditionTests {
  private static let packages = 1500

  /// A package database of many packages that have nothing but a name and a priority.
  private static let status = (1...packages).map { number in
    """
    Package: p\(number)
    Status: install ok installed
    Priority: \(number % 10 == 0 ? "required" : "optional")
    Section: s\(number % 7)
    Installed-Size: \(number)
    Maintainer: M\(number % 13) <m\(number % 13)@example.org>
    Architecture: amd64
    Version: 1.\(number)

    """
  }.joined(separator: "\n")

  @Test func `an index whose building was killed is finished by the next run, and dropped by the one after`()
    async throws
  {
    let program = try #require(Self.program, "the program was not built")
    let folder = FileManager.default.temporaryDirectory.appending(path: "catalog-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (status, file) = (folder.appending(path: "status"), folder.appending(path: "packages.rome").path)
    try Data(Self.status.utf8).write(to: status)
    let arguments = ["--file", file, "--status", status.path, "--add-index"]

    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    let (ending, continuation) = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    let store = try LMDBStore(path: file)
    // Each batch moves this row in the commit of its entries.
    while try await rows(store, "rome.builds") == 0, process.isRunning { await Task.yield() }
    kill(process.processIdentifier, SIGKILL)
    for await _ in ending {}
    #expect(process.terminationReason == .uncaughtSignal, "it was killed before it had ended")
    #expect(try await rows(store, "rome.builds") == 1)
    let built = try await entries(store)
    #expect((1..<Self.packages).contains(built), "\(built)")

    let second = try run(program.path, arguments)
    let prefix = "an earlier run has left an index; its next batch ended at row "
    let line = try #require(second.split(separator: "\n").first { $0.hasPrefix(prefix) }, "\(second)")
    #expect(try #require(Int(line.dropFirst(prefix.count))) > 20, "\(line)")
    #expect(!second.contains("dropped"))
    #expect(second.contains("the index is built: \(Self.packages / 10) required packages"), "\(second)")
    #expect(second.contains(", 0 problems"), "\(second)")
    #expect(try await entries(store) == Self.packages)
    #expect(try await rows(store, "rome.builds") == 0)

    let third = try run(program.path, arguments)
    #expect(third.contains("dropped ix_priority with \(Self.packages) entries"), "\(third)")
    #expect(
      third.contains("built 1 index while another session committed") && third.contains(", 0 problems"), "\(third)")
  }

  private func rows(_ store: LMDBStore, _ table: String) async throws -> Int {
    try await store.scan([Scan(.rows(table), fetch: .count)])[0].count
  }

  private func entries(_ store: LMDBStore) async throws -> Int {
    try await store.scan([Scan(.index("ix_priority", of: "packages"), fetch: .count)])[0].count
  }

  /// Where the program was built: beside the tests.
  private static let program: URL? = {
    var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
    for _ in 0..<4 {
      let program = folder.appending(path: "Catalog")
      let isFile = (try? program.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
      if isFile, FileManager.default.isExecutableFile(atPath: program.path) { return program }
      folder = folder.deletingLastPathComponent()
    }
    return nil
  }()
}
