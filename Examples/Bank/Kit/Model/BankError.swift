// SPDX-License-Identifier: Apache-2.0

/// Why the bank does not do what it is asked for.
public enum BankError: Error, Hashable, Sendable {
  /// The payer has less than the amount.
  case insufficientFunds
  /// There is no account of this number.
  case noAccount(Int)
  /// Money was made or lost: the balances do not add up to the deposits.
  case wrongSum(Statement)
}

extension BankError: CustomStringConvertible {
  /// What is wrong, in words.
  public var description: String {
    switch self {
    case .insufficientFunds: "the payer has not enough money"
    case .noAccount(let number): "there is no account \(number)"
    case .wrongSum(let statement): "THE SUM IS WRONG: \(statement)"
    }
  }
}
