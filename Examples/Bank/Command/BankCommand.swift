// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BankKit
import ExampleSupport
import Foundation
import Rome

/// Moves money between accounts from many tasks and processes at once, and proves that none was made or lost.
@main
struct BankCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Bank",
    abstract: "Moves money between accounts from many tasks and processes at once: the sum never changes.",
    discussion: "Ctrl-C ends it early, with the summary.")

  @OptionGroup var options: StoreOptions

  @Option(help: "How many accounts there are. The fewer, the more conflicts.")
  var accounts = 100

  @Option(help: "How many tasks of each process transfer money.")
  var tasks = 16

  @Option(help: "How many processes transfer money; several need --redis or --file.")
  var processes = 1

  @Option(help: "How many seconds it goes on. (default: 5, unless there is --transfers)")
  var seconds: Double?

  @Option(help: "How many transfers are tried, all processes together.")
  var transfers: Int?

  @Option(help: "The cents that an account is opened with.")
  var deposit = 1000

  @Option(help: "The most cents of a transfer.")
  var amount = 100

  @Flag(help: "Add up all balances again and again meanwhile, each time in a transaction.")
  var audit = false

  @Flag(help: "Write a row for each transfer, and compare the rows with what was acknowledged.")
  var ledger = false

  @Flag(help: "Run the tasks on the thread of the connection to the server, which spares changes of threads.")
  var onConnectionThread = false

  @Flag(help: "Erase the accounts first. Nobody else may be at work.")
  var reset = false

  @Flag(help: .hidden)
  var tellerProcess = false

  func validate() throws {
    guard accounts >= 2 else { throw ValidationError("There must be at least 2 accounts.") }
    guard tasks >= 1, processes >= 1 else { throw ValidationError("There must be at least 1 task and 1 process.") }
    guard seconds ?? 1 > 0, transfers ?? 1 > 0 else { throw ValidationError("Nothing would be done.") }
    guard seconds ?? 1 < 1e9, (1...1_000_000).contains(deposit), (1...1_000_000).contains(amount) else {
      throw ValidationError("The deposit and the amount are from 1 to 1000000, the seconds fewer than 1e9.")
    }
    if processes > 1, !options.isShared, !tellerProcess {
      throw ValidationError(
        "Several processes need a store that they can share: --file bank.rome, for example.")
    }
  }

  func run() async throws {
    if tellerProcess { return try await TellerAssignment.carryOut() }
    let interruption = Interruption()
    try await options.withStore(of: "bank", erasing: reset) { store in
      let book = AccountBook(store)
      try await book.open(accounts, deposit: deposit)
      let branch = Branch(
        workload: Workload(
          accounts: accounts, tasks: tasks, orders: transfers, seconds: seconds ?? (transfers == nil ? 5 : nil),
          maximumAmount: amount, run: ledger ? UUID().uuidString : nil, isAudited: audit,
          isOnConnectionThread: onConnectionThread),
        processes: processes, redis: options.redis, file: options.file, store: store)
      print("\(accounts) accounts, \(processes) × \(tasks) tasks, \(options.place)")
      let (tally, failures) = await branch.work(until: interruption)
      print(Summary(tally))
      try await inspect(book, after: tally, branch.workload, failures)
    }
  }

  /// Proves that the bank is as it must be, or says what is wrong and ends with the exit code 1.
  private func inspect(_ book: AccountBook, after tally: Tally, _ workload: Workload, _ failures: [String]) async throws
  {
    // A process that failed did not tell the last of what it has done.
    let inspection = try await Inspection(of: book, after: tally, run: failures.isEmpty ? workload.run : nil)
    print("  \("sum".padding(toLength: 14, withPad: " ", startingAt: 0))\(inspection.statement)")
    let problems = failures + inspection.problems
    guard problems.isEmpty else {
      FileHandle.standardError.write(Data(problems.map { "Error: \($0)\n" }.joined().utf8))
      throw ExitCode.failure
    }
    print(
      "No cent was made or lost; \(inspection.verification.rowCount) rows and "
        + "\(inspection.verification.entryCount) index entries agree.")
  }
}
