// SPDX-License-Identifier: Apache-2.0

extension GlanceTime: CustomStringConvertible {
  /// ISO 8601 without a zone, as Python prints it: with six digits of the fraction, or without a fraction when it is zero.
  public var description: String {
    var seconds = microseconds / 1_000_000
    var fraction = microseconds % 1_000_000
    if fraction < 0 {
      fraction += 1_000_000
      seconds -= 1
    }
    var days = seconds / 86_400
    var rest = seconds % 86_400
    if rest < 0 {
      rest += 86_400
      days -= 1
    }
    let (year, month, day) = Self.civil(days)
    func pad(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let text =
      "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(rest / 3600, 2)):\(pad(rest / 60 % 60, 2)):\(pad(rest % 60, 2))"
    return fraction == 0 ? text : "\(text).\(pad(fraction, 6))"
  }

  /// Reads an ISO 8601 date, or date and time, of the years 1 to 9999: `2020-01-31T12:00:00.000500`, `20200131T120000Z`,
  /// `2020-01-31 12:00+01:00`, `2020-01`. Without a zone it is UTC. Digits behind the microseconds are dropped.
  ///
  /// - Parameter text: The text; nothing may stand before or behind it.
  public init?(iso8601 text: String) {
    var reader = TimeReader(text)
    guard let date = reader.date() else { return nil }
    var time = ClockTime()
    if !reader.isAtEnd {
      guard date.isWhole, let read = reader.time() else { return nil }
      time = read
    }
    guard reader.isAtEnd, (1...12).contains(date.month), (1...9999).contains(date.year),
      date.day >= 1, date.day <= Self.days(in: date.month, of: date.year)
    else { return nil }
    let days = Self.days(date.year, date.month, date.day)
    microseconds = (days * 86_400 + time.seconds) * 1_000_000 + time.microseconds
  }

  /// The date of a number of days since 1970: Howard Hinnant's algorithm, with years that begin in March.
  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  /// The number of days since 1970 of a date.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func days(in month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// A time of the day, less the offset of its zone.
private struct ClockTime {
  var seconds: Int64 = 0
  var microseconds: Int64 = 0
}

/// A date, and whether its day is written.
private struct CalendarDate {
  var year: Int64
  var month: Int64 = 1
  var day: Int64 = 1
  var isWhole = false
}

/// Reads the parts of an ISO 8601 text one after the other.
private struct TimeReader {
  private var rest: Substring.UTF8View

  init(_ text: String) {
    rest = text[...].utf8
  }

  var isAtEnd: Bool { rest.isEmpty }

  private mutating func take(_ character: Character) -> Bool {
    guard let first = rest.first, first == character.asciiValue else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func number(digits: Int) -> Int64? {
    guard rest.count >= digits else { return nil }
    var number: Int64 = 0
    for byte in rest.prefix(digits) {
      guard (48...57).contains(byte) else { return nil }
      number = number * 10 + Int64(byte - 48)
    }
    rest = rest.dropFirst(digits)
    return number
  }

  mutating func date() -> CalendarDate? {
    guard let year = number(digits: 4) else { return nil }
    var date = CalendarDate(year: year)
    if isAtEnd { return date }
    let isExtended = take("-")
    guard let month = number(digits: 2) else { return nil }
    date.month = month
    if isAtEnd { return isExtended ? date : nil }
    guard take("-") == isExtended, let day = number(digits: 2) else { return nil }
    date.day = day
    date.isWhole = true
    return date
  }

  mutating func time() -> ClockTime? {
    guard take("T") || take(" ") || take("t"), let hour = number(digits: 2), hour < 24 else { return nil }
    var time = ClockTime(seconds: hour * 3600)
    let isExtended = take(":")
    if let minute = number(digits: 2) {
      guard minute < 60 else { return nil }
      time.seconds += minute * 60
      if isExtended ? take(":") : rest.first.map({ (48...57).contains($0) }) ?? false {
        guard let second = number(digits: 2), second < 60 else { return nil }
        time.seconds += second
        if take(".") || take(",") {
          guard let fraction = fraction() else { return nil }
          time.microseconds = fraction
        }
      }
    } else if isExtended {
      return nil
    }
    guard let offset = zone() else { return nil }
    time.seconds -= offset
    return time
  }

  private mutating func fraction() -> Int64? {
    var microseconds: Int64 = 0
    var digits = 0
    while let digit = number(digits: 1) {
      if digits < 6 { microseconds = microseconds * 10 + digit }
      digits += 1
    }
    if digits == 0 { return nil }
    for _ in min(digits, 6)..<6 { microseconds *= 10 }
    return microseconds
  }

  /// The offset of the zone in seconds; 0 when there is none.
  private mutating func zone() -> Int64? {
    if isAtEnd || take("Z") || take("z") { return 0 }
    let sign: Int64
    if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
    guard let hours = number(digits: 2), hours < 24 else { return nil }
    var offset = hours * 3600
    if !isAtEnd {
      _ = take(":")
      guard let minutes = number(digits: 2), minutes < 60 else { return nil }
      offset += minutes * 60
    }
    return sign * offset
  }
}
