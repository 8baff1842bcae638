// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// The time in which tellers take orders. It ends with its last order, with its time, or when somebody ends it; the orders
/// that were taken before are carried out to their end.
public final class Shift: Sendable {
  private let deadline: ContinuousClock.Instant?
  private let ordersLeft: Atomic<Int>
  private let hasEnded = Atomic(false)

  /// A shift that begins now.
  ///
  /// - Parameters:
  ///   - orders: How many orders are taken; nil for no end.
  ///   - seconds: How long orders are taken; nil for no end.
  public init(orders: Int? = nil, seconds: Double? = nil) {
    deadline = seconds.map { .now + .seconds($0) }
    ordersLeft = Atomic(orders ?? .max)
  }

  /// Ends the shift.
  public func end() {
    hasEnded.store(true, ordering: .relaxed)
  }

  /// Whether no more orders are taken.
  public var isOver: Bool {
    hasEnded.load(ordering: .relaxed) || ordersLeft.load(ordering: .relaxed) <= 0
      || deadline.map { ContinuousClock.now >= $0 } ?? false
  }

  /// Takes an order.
  ///
  /// - Returns: Whether there is one to take.
  public func takeOrder() -> Bool {
    !isOver && ordersLeft.subtract(1, ordering: .relaxed).oldValue > 0
  }
}
