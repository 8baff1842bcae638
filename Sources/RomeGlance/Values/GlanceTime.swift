// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A point in time in UTC, in whole microseconds. Unlike `Date` it loses none of them, whatever the year.
public struct GlanceTime: Hashable, Sendable {
  /// The microseconds since the begin of 1970.
  public var microseconds: Int64

  /// Makes a point in time.
  ///
  /// - Parameter microseconds: The microseconds since the begin of 1970.
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The point in time so many microseconds later.
  public static func + (time: GlanceTime, microseconds: Int64) -> GlanceTime {
    GlanceTime(microseconds: time.microseconds.addingReportingOverflow(microseconds).partialValue)
  }
}

extension GlanceTime: Comparable {
  /// Whether the left one is earlier.
  public static func < (left: GlanceTime, right: GlanceTime) -> Bool { left.microseconds < right.microseconds }
}

extension GlanceTime: ColumnValue {
  /// A point in time.
  public static var columnType: ColumnType { .date }
  /// No.
  public static var canFail: Bool { false }
  /// The stored form.
  public var value: Value { .date(microseconds) }
  /// Makes a point in time of a stored one.
  public init?(value: Value) {
    guard case .date(let microseconds) = value else { return nil }
    self.microseconds = microseconds
  }
}

extension GlanceTime: Codable {
  /// Decodes an ISO 8601 text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let time = GlanceTime(iso8601: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a point in time")
    }
    self = time
  }

  /// Encodes the ISO 8601 text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
