// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TortureKit

/// The program as a whole, once on each kind of store. Where it was not built, these are skipped; `Scripts/test` runs all of it.
@Suite(.serialized, .enabled(if: TortureProgram.url != nil, "the program was not built"), .timeLimit(.minutes(2)))
struct ProgramTests {
  @Test(arguments: [
    (StoreSetting.redisAlways, Fault.serverKilled), (.redisEverySecond, .repliesDropped), (.lmdb, .clientKilled),
    (.lmdb, .holderPaused),
  ])
  func `promises are kept while something fails`(setting: StoreSetting, fault: Fault) async throws {
    let seed = UInt64.random(in: 0...999_999)
    let program = try #require(TortureProgram.url)
    let scenario = Scenario(setting, fault, lasting: .milliseconds(500), seed: seed, program: program)
    let result = try #require(try await scenario.run())
    #expect(result.problems == [], "seed \(seed)")
    #expect(result.strikes > 0)
    #expect(result.verdict.unresolved == 0)
  }

  @Test func `a line of the table has as many cells as its head`() async throws {
    let program = try #require(TortureProgram.url)
    let scenario = Scenario(.lmdb, .allClientsKilled, lasting: .milliseconds(100), seed: 1, program: program)
    let result = try #require(try await scenario.run())
    let lines = ResultTable.head(isMarkdown: true).split(separator: "\n").map(String.init)
    let cells = (lines + [ResultTable.line(result, isMarkdown: true)]).map { $0.count { $0 == "|" } }
    #expect(Set(cells).count == 1)
    #expect(ResultTable.line(result, isMarkdown: false).hasPrefix("LMDB   sync"))
  }
}

/// Where the program was built: beside the tests.
private enum TortureProgram {
  static let url: URL? = {
    var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
    for _ in 0..<4 {
      let program = folder.appending(path: "Torture")
      let isFile = (try? program.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
      if isFile, FileManager.default.isExecutableFile(atPath: program.path) { return program }
      folder = folder.deletingLastPathComponent()
    }
    return nil
  }()
}
