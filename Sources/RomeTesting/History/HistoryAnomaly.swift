// SPDX-License-Identifier: Apache-2.0

/// Something in a history that no serial execution of its transactions can have brought about.
public struct HistoryAnomaly: Hashable, Sendable {
  /// What is wrong. The names are those of Adya's theory of isolation, as Elle (the checker of Jepsen) uses them.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Two transactions overwrote each other's writes in different orders.
    case dirtyWrite = "G0"
    /// A transaction saw what one has written that was not committed.
    case abortedRead = "G1a"
    /// A transaction saw what another one has overwritten itself.
    case intermediateRead = "G1b"
    /// Transactions saw each other's writes in a circle.
    case circularInformationFlow = "G1c"
    /// A transaction missed a write that one has made which it depends on: read skew, or a lost update.
    case singleAntiDependency = "G-single"
    /// Transactions missed each other's writes: write skew, or a phantom.
    case antiDependency = "G2"
    /// All is in order, but not in the order of real time: a transaction did not see what was committed before it began.
    case realTime = "real time"
    /// A transaction did not see its own writes.
    case internalInconsistency = "internal"
    /// Reads of a list disagree about its order.
    case incompatibleOrder = "incompatible order"
    /// A value is there twice, though it was written once.
    case duplicateEffect = "duplicate effect"
    /// A write that was acknowledged is gone.
    case lostEffect = "lost effect"
    /// A value was seen that nobody has written.
    case unwrittenValue = "unwritten value"
    /// A name was given to two.
    case doubleClaim = "double claim"
    /// The balances of the bank add up to another sum.
    case wrongTotal = "wrong total"
  }

  /// Why one transaction comes before another one in every serial execution.
  public struct Dependency: Hashable, Sendable {
    /// The kinds of dependencies.
    public enum Kind: String, Hashable, Sendable {
      /// The second one overwrote, or appended behind, what the first one has written.
      case overwrites = "ww"
      /// The second one saw what the first one has written.
      case sees = "wr"
      /// The first one did not see what the second one has written.
      case misses = "rw"
      /// The first one had ended when the second one began.
      case precedes = "rt"
    }

    /// The number of the transaction that comes first.
    public let from: Int
    /// The number of the transaction that comes second.
    public let to: Int
    /// Why.
    public let kind: Kind
    /// What it is about.
    public let reason: String
  }

  /// What is wrong.
  public let kind: Kind
  /// The transactions that it takes to see it, as few as there are.
  public let transactions: [HistoryTransaction]
  /// The circle of dependencies between them; empty when it takes none.
  public let dependencies: [Dependency]
  /// What is wrong, in words.
  public let explanation: String
}

extension HistoryAnomaly: CustomStringConvertible {
  /// What is wrong, in words: the transactions and why each comes before the next one.
  public var description: String {
    var lines = ["\(kind.rawValue): \(explanation)"]
    lines += transactions.map { "  \($0)" }
    lines += dependencies.map { "  T\($0.from) comes before T\($0.to): \($0.reason)" }
    return lines.joined(separator: "\n")
  }

  /// The transactions and their dependencies as a graph for Mermaid.
  public var mermaid: String {
    var lines = ["graph LR"]
    for transaction in transactions {
      let steps = transaction.steps.map(\.description).joined(separator: "<br/>")
      lines.append("  T\(transaction.number)[\"T\(transaction.number), client \(transaction.client)<br/>\(steps)\"]")
    }
    for dependency in dependencies {
      lines.append("  T\(dependency.from) -- \(dependency.kind.rawValue) --> T\(dependency.to)")
    }
    return lines.joined(separator: "\n")
  }
}
