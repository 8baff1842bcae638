// SPDX-License-Identifier: Apache-2.0

public import Rome

/// The accounts of a bank in a store. Any number of tasks and processes may use the same store at the same time.
public struct AccountBook: Sendable {
  /// How often a transfer is tried: on few accounts with many tasks, most attempts end in a conflict.
  private static let retryPolicy = RetryPolicy(maximumAttempts: 256)

  /// Where the accounts are.
  public let store: any Store

  /// The accounts in a store.
  ///
  /// - Parameter store: The store.
  public init(_ store: any Store) {
    self.store = store
  }

  /// Opens the accounts 1 to a number, those that are not open yet. When somebody else does the same, each is opened once.
  ///
  /// - Parameters:
  ///   - count: How many accounts there shall be.
  ///   - deposit: What is paid into each that is opened, in cents.
  /// - Throws: ``Rome/RomeError`` when the store can't be written.
  public func open(_ count: Int, deposit: Int) async throws {
    let session = RomeSession(store)
    for first in stride(from: 1, through: count, by: 500) {
      let numbers = first...min(first + 499, count)
      try await session.transaction { session in
        for (number, account) in zip(numbers, try await session.get(Account.self, keys: numbers)) where account == nil {
          session.add(Account(number: number, deposit: deposit, balance: deposit))
        }
      }
    }
  }

  /// Carries out an order, as a whole or not at all.
  ///
  /// The closure of the transaction runs again after a conflict, so what it reads is always what it decides by: if the
  /// payer's money is gone in the meantime, the next attempt sees that and refuses. A refusal is an error that the closure
  /// throws, which rolls the transaction back.
  ///
  /// - Parameters:
  ///   - order: Who pays whom how much.
  ///   - run: The name under which the transfer is written down; nil to write none.
  ///   - session: The session of the task, with nothing uncommitted.
  ///   - onAttempt: Is called when an attempt begins.
  /// - Throws: ``BankError/insufficientFunds`` and ``BankError/noAccount(_:)``; ``Rome/RomeError`` with the code
  ///   `conflict` when all attempts ended so, and when the store fails.
  public func transfer(
    _ order: Order, writtenDownFor run: String? = nil, _ session: RomeSession, onAttempt: () -> Void = {}
  ) async throws {
    try await session.transaction(retry: Self.retryPolicy) { session in
      onAttempt()
      let accounts = try await session.get(Account.self, keys: [order.payer, order.payee])
      guard let payer = accounts[0] else { throw BankError.noAccount(order.payer) }
      guard let payee = accounts[1] else { throw BankError.noAccount(order.payee) }
      // The other tasks get their turn between the read and the write, also where the store never lets us wait.
      await Task.yield()
      guard payer.balance >= order.amount else { throw BankError.insufficientFunds }
      payer.balance -= order.amount
      payee.balance += order.amount
      if let run {
        session.add(
          Transfer(run: run, payerNumber: order.payer, payeeNumber: order.payee, amount: order.amount))
      }
    }
  }

  /// Reads all balances at one point in time.
  ///
  /// On a store without snapshots the commit proves what the closure has read, so the sums are judged behind it: an attempt
  /// may well see half of a transfer, and then it ends in a conflict.
  ///
  /// - Parameter retry: How often to try, when the accounts change while they are read.
  /// - Returns: The sums.
  /// - Throws: ``Rome/RomeError``, with the code `conflict` when the accounts have changed each time.
  public func statement(retry: RetryPolicy = .default) async throws -> Statement {
    try await RomeSession(store).transaction(isolation: .snapshot, retry: retry) { session in
      let sums = session.select(
        count(), Account.deposit.sum(), Account.balance.sum(), Account.balance.min())
      let (accounts, deposits, balances, lowest) = try await sums.one()
      return Statement(accounts: accounts, deposits: deposits ?? 0, balances: balances ?? 0, lowest: lowest ?? 0)
    }
  }

  /// How many transfers were written down for a run, and what they add up to.
  ///
  /// - Parameter run: The name of the run.
  /// - Returns: The number of the transfers, and the sum of their amounts in cents.
  /// - Throws: ``Rome/RomeError`` when the store can't be read.
  public func transfers(of run: String) async throws -> (count: Int, amount: Int) {
    let session = RomeSession(store)
    let (number, amount) = try await session.select(Transfer.id.count(), Transfer.amount.sum())
      .filter(Transfer.run == run)
      .one()
    return (number, amount ?? 0)
  }
}
