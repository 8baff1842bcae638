// SPDX-License-Identifier: Apache-2.0

internal import CHiredis

/// A moment, by a clock that is never set and goes on while the machine sleeps.
///
/// It is what `ContinuousClock.Instant` is, of a size that the compiler knows: each request looks at several deadlines, most of them
/// optional, and the library's type is copied and compared by calls into the runtime.
struct Moment: Comparable, Sendable {
  /// Since some moment in the past.
  private let nanoseconds: Int64

  static var now: Moment { Moment(nanoseconds: rome_nanoseconds()) }

  static func < (left: Moment, right: Moment) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The moment after a span.
  static func + (moment: Moment, span: Span) -> Moment {
    let (sum, overflows) = moment.nanoseconds.addingReportingOverflow(span.nanoseconds)
    return Moment(nanoseconds: overflows ? (span.nanoseconds > 0 ? .max : .min) : sum)
  }

  /// The span from one moment to another.
  static func - (left: Moment, right: Moment) -> Span {
    Span(nanoseconds: left.nanoseconds.subtractingReportingOverflow(right.nanoseconds).partialValue)
  }

  /// A span of time.
  struct Span: Comparable, Sendable {
    /// How many there are.
    let nanoseconds: Int64

    init(nanoseconds: Int64) {
      self.nanoseconds = nanoseconds
    }

    /// The span of a duration; of one beyond 292 years, the longest.
    init(_ duration: Duration) {
      let (seconds, attoseconds) = duration.components
      let (product, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
      let (sum, exceeds) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
      nanoseconds = overflows || exceeds ? (seconds > 0 ? .max : .min) : sum
    }

    static func < (left: Span, right: Span) -> Bool { left.nanoseconds < right.nanoseconds }
  }
}

extension Duration {
  /// The duration of a span.
  init(_ span: Moment.Span) {
    self = .nanoseconds(span.nanoseconds)
  }
}
