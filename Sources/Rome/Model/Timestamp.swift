// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Conversions between `Date` and the microseconds that Rome stores.
enum Timestamp {
  /// The date in whole microseconds since 1970; dates beyond ±292,000 years become the nearest that fits, and a date
  /// that is not a number becomes 1970.
  static func microseconds(_ date: Date) -> Int64 {
    let value = (date.timeIntervalSince1970 * 1_000_000).rounded()
    if value.isNaN { return 0 }
    return Int64(exactly: value) ?? (value < 0 ? .min : .max)
  }

  /// The date of microseconds since 1970.
  static func date(_ microseconds: Int64) -> Date {
    Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
  }

  /// The point in time as ISO 8601 in UTC with microseconds.
  static func text(microseconds: Int64) -> String {
    let (days, rest) = microseconds.flooredDivision(by: 86_400_000_000)
    // Days to civil date: Howard Hinnant's algorithm, with years that begin in March.
    let shifted = days + 719_468
    let (era, dayOfEra) = shifted.flooredDivision(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let calendarMonth = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0)
    let seconds = rest / 1_000_000
    return
      "\(pad(year, 4))-\(pad(calendarMonth, 2))-\(pad(day, 2))T\(pad(seconds / 3600, 2)):\(pad(seconds / 60 % 60, 2))"
      + ":\(pad(seconds % 60, 2)).\(pad(rest % 1_000_000, 6))Z"
  }

  private static func pad(_ number: Int64, _ width: Int) -> String {
    let digits = String(number.magnitude)
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int64 {
  /// The quotient rounded down, and the remainder, which is never negative for a positive divisor.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
