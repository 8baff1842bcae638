// SPDX-License-Identifier: Apache-2.0

import BankKit
import Foundation
import RedisTestSupport
import Rome
import RomeRedis
import Testing

/// The program from outside. Where it was not built, `two stores on one server are one bank` stands for the processes.
@Suite(.enabled(if: BankProgram() != nil, "the program was not built"), .timeLimit(.minutes(2)))
struct ProgramTests {
  private func program() throws -> BankProgram { try #require(BankProgram()) }

  @Test func `two processes move money and the sum stays`() async throws {
    try await withNamespace { url in
      let ending = try await program().run(
        "--redis", url, "--processes", "2", "--tasks", "4", "--accounts", "5", "--transfers", "301", "--ledger",
        "--audit")
      #expect(ending.status == 0, "\(ending.errors)")
      #expect(ending.errors == "")
      #expect(ending.output.contains("No cent was made or lost"))
      let store = try await RedisStore.connect(to: RedisConfiguration(url: url))
      let session = RomeSession(store)
      let commits = try await session.query(Transfer.self).count()
      #expect(ending.output.contains("commits       \(commits) in"))
      #expect(try await session.select(Account.balance.sum()).one() == 5000)
      await store.close()
    }
  }

  @Test(arguments: [1, 2], [SIGINT, SIGTERM])
  func `a signal ends the work with the summary`(processes: Int, signal: Int32) async throws {
    try await withNamespace { url in
      let store = try await RedisStore.connect(to: RedisConfiguration(url: url))
      let ending = try await program().run(
        "--redis", url, "--processes", "\(processes)", "--seconds", "600", "--ledger"
      ) { id in
        // Once there is a transfer, everybody is at work or about to be.
        while try await RomeSession(store).query(Transfer.self).exists() == false { await Task.yield() }
        kill(id, signal)
      }
      #expect(ending.status == 0, "\(ending.errors)")
      #expect(ending.output.contains("No cent was made or lost"))
      await store.close()
    }
  }

  @Test func `a sum that is wrong is the exit code 1`() async throws {
    try await withNamespace { url in
      let store = try await RedisStore.connect(to: RedisConfiguration(url: url))
      let session = RomeSession(store)
      session.add(Account(number: 1, deposit: 1000, balance: 1001))
      try await session.commit()
      let ending = try await program().run("--redis", url, "--transfers", "10")
      #expect(ending.status == 1)
      #expect(ending.errors.contains("the sum is wrong"))
      let again = try await program().run("--redis", url, "--transfers", "10", "--reset")
      #expect(again.status == 0, "\(again.errors)")
      await store.close()
    }
  }

  @Test func `several processes without a server are refused`() async throws {
    let ending = try await program().run("--processes", "2")
    #expect(ending.status != 0)
    #expect(ending.errors.contains("Several processes need a store that they can share"))
  }

  @Test func `a server that is not there is one line and the exit code 1`() async throws {
    // Its port is taken, and nobody listens.
    let server = try RedisServer()
    let ending = try await program().run("--redis", server.url)
    #expect(ending.status == 1)
    #expect(ending.errors.hasPrefix("Error: The Redis server at 127.0.0.1:\(server.port) can't be used"))
    #expect(ending.errors.split(separator: "\n").count == 1)
    #expect(ending.output == "")
  }
}
