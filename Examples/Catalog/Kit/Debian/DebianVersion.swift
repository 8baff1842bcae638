// SPDX-License-Identifier: Apache-2.0

/// The version of a Debian package, `[epoch:]upstream[-revision]`, ordered as dpkg orders it.
///
/// Two versions may be equal and spelled differently: `1.0` is `0:1.00-0`.
public struct DebianVersion: Sendable {
  /// The version as it is written.
  public let text: String
  /// The number before the first colon, 0 when there is none.
  public let epoch: Int
  /// The version of the software that is packaged.
  public let upstream: [UInt8]
  /// The version of the package, behind the last hyphen; empty when there is none.
  public let revision: [UInt8]

  /// Reads a version.
  ///
  /// - Parameter text: The version, without white space around it.
  /// - Returns: nil when the text is no version.
  public init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    var epoch = 0
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      let digits = rest[..<colon]
      guard digits.allSatisfy(\.isDigit), let number = Int32(String(decoding: digits, as: UTF8.self)) else {
        return nil
      }
      epoch = Int(number)
      rest = rest[(colon + 1)...]
    }
    var revision: ArraySlice<UInt8> = []
    if let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) {
      revision = rest[(hyphen + 1)...]
      rest = rest[..<hyphen]
      if revision.isEmpty { return nil }
    }
    guard !rest.isEmpty, rest.allSatisfy({ $0.isVersionByte || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") }),
      revision.allSatisfy(\.isVersionByte)
    else { return nil }
    self.text = text
    self.epoch = epoch
    self.upstream = Array(rest)
    self.revision = Array(revision)
  }
}

extension DebianVersion: Comparable {
  /// Whether dpkg takes both for the same version.
  public static func == (left: DebianVersion, right: DebianVersion) -> Bool {
    left.order(to: right) == 0
  }

  /// Whether dpkg takes the left version for the older one.
  public static func < (left: DebianVersion, right: DebianVersion) -> Bool {
    left.order(to: right) < 0
  }

  private func order(to other: DebianVersion) -> Int {
    if epoch != other.epoch { return epoch < other.epoch ? -1 : 1 }
    let order = Self.order(upstream, other.upstream)
    return order == 0 ? Self.order(revision, other.revision) : order
  }

  /// Compares two parts: by turns what is not a number, character by character, and what is one, by its value.
  private static func order(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var left = left[...]
    var right = right[...]
    while !left.isEmpty || !right.isEmpty {
      while left.first?.isDigit == false || right.first?.isDigit == false {
        let order = rank(left.first) - rank(right.first)
        if order != 0 { return order }
        left = left.dropFirst()
        right = right.dropFirst()
      }
      let leftDigits = takeNumber(&left)
      let rightDigits = takeNumber(&right)
      if leftDigits.count != rightDigits.count { return leftDigits.count - rightDigits.count }
      for (a, b) in zip(leftDigits, rightDigits) where a != b { return Int(a) - Int(b) }
    }
    return 0
  }

  /// The place of a character among others: a tilde comes even before the end, letters come before all the rest.
  private static func rank(_ byte: UInt8?) -> Int {
    guard let byte, !byte.isDigit else { return 0 }
    if byte == UInt8(ascii: "~") { return -1 }
    return byte.isLetter ? Int(byte) : Int(byte) + 256
  }

  /// Takes the digits at the begin, without zeros in front of the number, so that numbers of any length can be compared.
  private static func takeNumber(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = bytes.prefix(while: \.isDigit)
    bytes = bytes[digits.endIndex...]
    return digits.drop { $0 == UInt8(ascii: "0") }
  }
}

extension DebianVersion: CustomStringConvertible {
  /// The version as it is written.
  public var description: String { text }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isLetter: Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
  }

  /// Whether the character can be in every part of a version.
  fileprivate var isVersionByte: Bool { isDigit || isLetter || ".+~".utf8.contains(self) }
}
