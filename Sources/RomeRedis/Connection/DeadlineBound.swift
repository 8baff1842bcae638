// SPDX-License-Identifier: Apache-2.0

/// A moment before which none of many deadlines is, so that they are gone through only when it has come.
///
/// Requests don't stand in the order of their deadlines: the second request of a call has the deadline of the call, and goes behind
/// those of calls that began later.
struct DeadlineBound {
  /// The moment; nil when there is no deadline.
  private(set) var first: Moment?
  /// What the moment is never moved before.
  private var floor: Moment?

  /// Whether one of the deadlines may have come.
  func isReached(_ now: Moment) -> Bool {
    first.map { $0 <= now } ?? false
  }

  /// Takes a deadline into account.
  mutating func note(_ deadline: Moment) {
    let bound = max(deadline, floor ?? deadline)
    first = min(first ?? bound, bound)
  }

  /// Forgets all deadlines, before those are noted again that have not come.
  ///
  /// - Parameters:
  ///   - now: The time. The next deadlines count from a little later on, so that many that lie close together are gone through
  ///     together, and not once for each of them.
  ///   - timeout: How long a request may take.
  mutating func reset(_ now: Moment, _ timeout: Moment.Span) {
    first = nil
    floor = now + Moment.Span(nanoseconds: timeout.nanoseconds / 500)
  }
}
