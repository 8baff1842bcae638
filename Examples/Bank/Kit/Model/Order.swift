// SPDX-License-Identifier: Apache-2.0

/// The wish that one account pays another one.
public struct Order: Hashable, Sendable {
  /// Who pays.
  public var payer: Int
  /// Who is paid.
  public var payee: Int
  /// How many cents.
  public var amount: Int

  /// An order.
  ///
  /// - Parameters:
  ///   - payer: The number of the account that pays.
  ///   - payee: The number of another account.
  ///   - amount: How many cents, at least 1.
  public init(payer: Int, payee: Int, amount: Int) {
    self.payer = payer
    self.payee = payee
    self.amount = amount
  }

  /// An order between two different accounts by chance.
  ///
  /// - Parameters:
  ///   - accounts: How many accounts there are, at least 2; their numbers begin at 1.
  ///   - maximumAmount: The most cents, at least 1.
  ///   - generator: Where chance comes from.
  public static func random(
    accounts: Int, maximumAmount: Int, using generator: inout some RandomNumberGenerator
  ) -> Order {
    let payer = Int.random(in: 1...accounts, using: &generator)
    let payee = Int.random(in: 1..<accounts, using: &generator)
    return Order(
      payer: payer, payee: payee < payer ? payee : payee + 1, amount: .random(in: 1...maximumAmount, using: &generator))
  }
}
