// SPDX-License-Identifier: Apache-2.0

/// How often which values came, in a space that does not grow with their number.
///
/// Up to 127 each value has a class of its own; above, the classes are 1/128 of their values wide. So a quantile is at most
/// 0.8% too large, and the histograms of several processes add up to that of all.
public struct Histogram: Hashable, Sendable {
  private static let precision = 7

  private var counts: [Int] = []
  /// How many values there were.
  public private(set) var count = 0
  /// The largest value; 0 when there was none.
  public private(set) var maximum = 0

  /// A histogram of no values.
  public init() {}

  /// Counts a value.
  ///
  /// - Parameter value: The value; a negative one counts as 0.
  public mutating func add(_ value: Int) {
    let value = max(0, value)
    add(1, toClass: Self.classNumber(of: value))
    maximum = max(maximum, value)
  }

  /// The smallest value that at least this part of all values does not exceed, or up to 0.8% more.
  ///
  /// - Parameter part: The part, from 0 to 1.
  /// - Returns: The value; 0 when there are none.
  public func quantile(_ part: Double) -> Int {
    let rank = max(1, Int((part * Double(count)).rounded(.up)))
    var seen = 0
    for (number, count) in counts.enumerated() {
      seen += count
      if seen >= rank { return min(maximum, Self.largestValue(ofClass: number)) }
    }
    return maximum
  }

  /// Adds all values of another histogram.
  public static func += (left: inout Histogram, right: Histogram) {
    for (number, count) in right.counts.enumerated() where count > 0 { left.add(count, toClass: number) }
    left.maximum = max(left.maximum, right.maximum)
  }

  private mutating func add(_ number: Int, toClass place: Int) {
    if place >= counts.count { counts += repeatElement(0, count: place + 1 - counts.count) }
    counts[place] += number
    count += number
  }

  private static func classNumber(of value: Int) -> Int {
    let shift = max(0, Int.bitWidth - value.leadingZeroBitCount - 1 - precision)
    return shift << precision + value >> shift
  }

  private static func largestValue(ofClass number: Int) -> Int {
    let shift = max(0, number >> precision - 1)
    let leading = number - shift << precision
    return leading << shift + (1 << shift - 1)
  }
}

/// As the classes that have values, each with its number and its count.
extension Histogram: Codable {
  private enum Keys: String, CodingKey {
    case classes
    case maximum
  }

  /// Reads a histogram.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    maximum = try container.decode(Int.self, forKey: .maximum)
    let last = Self.classNumber(of: .max)
    for pair in try container.decode([[Int]].self, forKey: .classes) {
      guard pair.count == 2, (0...last).contains(pair[0]), (1...1 << 40).contains(pair[1]) else {
        throw DecodingError.dataCorruptedError(
          forKey: .classes, in: container, debugDescription: "this is no class of a histogram")
      }
      add(pair[1], toClass: pair[0])
    }
  }

  /// Writes the histogram.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(
      counts.enumerated().filter { $0.element > 0 }.map { [$0.offset, $0.element] }, forKey: .classes)
    try container.encode(maximum, forKey: .maximum)
  }
}
