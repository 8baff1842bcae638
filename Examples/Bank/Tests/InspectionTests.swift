// SPDX-License-Identifier: Apache-2.0

import BankKit
import Rome
import RomeTesting
import Testing

/// A check that finds nothing is worth as much as the wrongs that it would find.
@Suite(.timeLimit(.minutes(1)))
struct InspectionTests {
  private func bank() async throws -> AccountBook {
    let book = AccountBook(MemoryStore())
    try await book.open(3, deposit: 100)
    try await book.transfer(Order(payer: 1, payee: 2, amount: 40), writtenDownFor: "test", RomeSession(book.store))
    return book
  }

  private func change(_ book: AccountBook, by amount: Int) async throws {
    let session = RomeSession(book.store)
    let account = try #require(try await session.get(Account.self, 1))
    account.balance += amount
    try await session.commit()
  }

  private func problems(_ book: AccountBook, _ change: (inout Tally) -> Void = { _ in }) async throws -> String {
    var tally = Tally()
    tally.commits = 1
    tally.moved = 40
    change(&tally)
    return try await Inspection(of: book, after: tally, run: "test").problems.joined(separator: "\n")
  }

  @Test func `a bank where all is right has no problems`() async throws {
    #expect(try await problems(bank()) == "")
  }

  @Test(arguments: [1, -1])
  func `money that was made or lost is found`(amount: Int) async throws {
    let book = try await bank()
    try await change(book, by: amount)
    #expect(try await problems(book).contains("the sum is wrong"))
  }

  @Test func `a balance below nothing is found though the sum is right`() async throws {
    let book = try await bank()
    try await change(book, by: -100)
    let session = RomeSession(book.store)
    let other = try #require(try await session.get(Account.self, 2))
    other.balance += 100
    try await session.commit()
    #expect(try await problems(book).contains("the sum is wrong"))
  }

  @Test func `a transfer that was acknowledged and is not there is found`() async throws {
    #expect(try await problems(bank()) { $0.commits = 2 }.contains("1 transfers are written down, 2 were acknowledged"))
  }

  @Test func `a transfer that is there twice is found`() async throws {
    let book = try await bank()
    let session = RomeSession(book.store)
    session.add(Transfer(run: "test", payerNumber: 1, payeeNumber: 2, amount: 40))
    try await session.commit()
    #expect(try await problems(book).contains("2 transfers are written down, 1 were acknowledged"))
    // Of one of two commits nobody knows what became of it.
    #expect(try await problems(book) { $0.unsettled = 1 } == "")
  }

  @Test func `transfers of other amounts than those acknowledged are found`() async throws {
    #expect(try await problems(bank()) { $0.moved = 41 }.contains("move 40, those acknowledged 41"))
  }

  @Test func `an audit ends the run when the sum is wrong`() async throws {
    let book = try await bank()
    try await change(book, by: 1)
    let workload = Workload(accounts: 3, tasks: 2, isAudited: true)
    let error = await #expect(throws: BankError.self) {
      try await run(workload, on: book.store)
    }
    guard case .wrongSum(let statement) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(statement.balances == statement.deposits + 1)
  }
}
