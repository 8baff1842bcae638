// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Points in time on the wire: `2016-03-01T12:00:00.123456`, in UTC.
enum WireTime {
  /// The text of a point in time, always with six digits of microseconds.
  static func text(microseconds: Int64) -> String {
    let seconds = microseconds.flooredQuotient(1_000_000)
    let rest = microseconds - seconds * 1_000_000
    let day = seconds.flooredQuotient(86_400)
    let time = seconds - day * 86_400
    let date = Date(timeIntervalSince1970: Double(day * 86_400))
    let civil = calendar.dateComponents([.year, .month, .day], from: date)
    func pad(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(pad(civil.year ?? 0, 4))-\(pad(civil.month ?? 0, 2))-\(pad(civil.day ?? 0, 2))"
      + "T\(pad(Int(time / 3600), 2)):\(pad(Int(time / 60 % 60), 2)):\(pad(Int(time % 60), 2)).\(pad(Int(rest), 6))"
  }

  /// The microseconds since 1970 of a text; nil when it is none.
  ///
  /// A zone is dropped without a conversion, as Nova does it: it only ever passes UTC.
  ///
  /// - Parameter text: A date, or a date and a time with up to six digits of a fraction, and with or without a zone.
  static func microseconds(_ text: String) -> Int64? {
    let pattern =
      /(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?/
    guard let match = text.wholeMatch(of: pattern) else { return nil }
    func number(_ digits: Substring?) -> Int { digits.flatMap { Int($0) } ?? 0 }
    let (month, day) = (number(match.2), number(match.3))
    let (hour, minute, second) = (number(match.4), number(match.5), number(match.6))
    guard hour < 24, minute < 60, second < 60 else { return nil }
    let components = DateComponents(year: number(match.1), month: month, day: day)
    guard components.isValidDate(in: calendar), let date = calendar.date(from: components) else { return nil }
    let fraction = match.7.map { String($0) } ?? ""
    let microseconds = Int64(fraction + String(repeating: "0", count: 6 - fraction.count)) ?? 0
    let seconds = Int64(date.timeIntervalSince1970.rounded()) + Int64(hour * 3600 + minute * 60 + second)
    return seconds * 1_000_000 + microseconds
  }

  private static let calendar = {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    return calendar
  }()
}

extension Int64 {
  fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
