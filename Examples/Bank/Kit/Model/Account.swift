// SPDX-License-Identifier: Apache-2.0

public import Rome

/// An account of the bank. Amounts are whole cents.
@Entity("accounts")
public final class Account {
  /// The number, which the bank chooses.
  @PrimaryKey public var number: Int
  /// What was paid in when the account was opened. It never changes, so the sum of all deposits says at any time what the
  /// sum of all balances must be, however many programs share the bank.
  public var deposit: Int
  /// What is there now; never less than nothing.
  public var balance: Int
}
