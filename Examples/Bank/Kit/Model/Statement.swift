// SPDX-License-Identifier: Apache-2.0

/// What the bank holds at one point in time.
public struct Statement: Hashable, Sendable {
  /// How many accounts there are.
  public var accounts: Int
  /// What was paid in when they were opened.
  public var deposits: Int
  /// What they hold.
  public var balances: Int
  /// What the poorest of them holds.
  public var lowest: Int

  /// Whether no cent was made or lost, and nobody has less than nothing.
  public var isRight: Bool { balances == deposits && lowest >= 0 }
}

extension Statement: CustomStringConvertible {
  /// The numbers in words.
  public var description: String {
    "\(accounts) accounts hold \(balances), \(deposits) were paid in, the poorest has \(lowest)"
  }
}
