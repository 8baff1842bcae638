// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A transfer that was made, written by the transaction that has made it.
@Entity("transfers")
public final class Transfer {
  /// The number that the store gives the transfer.
  @PrimaryKey public var id: Int?
  /// Which run of the program has made it.
  @Indexed public var run: String
  /// Who pays.
  @References(Account.self) public var payerNumber: Int
  /// Who is paid.
  @References(Account.self) public var payeeNumber: Int
  /// How many cents.
  public var amount: Int
}
