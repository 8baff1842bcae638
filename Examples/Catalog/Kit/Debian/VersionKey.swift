// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A version as a column: bytes that are ordered as the versions are, so that a query compares versions by itself.
///
/// Two versions have the same key when dpkg takes them for the same.
public struct VersionKey: Hashable, Sendable {
  /// The bytes.
  public let bytes: [UInt8]

  /// The key of a version.
  ///
  /// - Parameter version: The version.
  public init(_ version: DebianVersion) {
    var bytes: [UInt8] = []
    Self.append(number: Array(String(version.epoch).utf8)[...], to: &bytes)
    Self.append(part: version.upstream, to: &bytes)
    Self.append(part: version.revision, to: &bytes)
    self.bytes = bytes
  }

  /// What ends a part, and a run of characters inside of it: behind a tilde and before all other characters.
  private static let end: UInt8 = 2

  /// A part is, by turns, characters that are no digits and a number. At least one turn, so that an empty part is "0".
  private static func append(part: [UInt8], to bytes: inout [UInt8]) {
    var rest = part[...]
    repeat {
      let characters = rest.prefix { !$0.isDigit }
      bytes += characters.map(code)
      bytes.append(end)
      rest = rest[characters.endIndex...]
      let digits = rest.prefix(while: \.isDigit)
      append(number: digits, to: &bytes)
      rest = rest[digits.endIndex...]
    } while !rest.isEmpty
    bytes.append(end)
  }

  /// A number is its length and its digits, without zeros in front. Lengths from 255 on take several bytes.
  private static func append(number: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    let digits = number.drop { $0 == UInt8(ascii: "0") }
    var length = digits.count
    while length >= 255 {
      bytes.append(255)
      length -= 255
    }
    bytes.append(UInt8(length))
    bytes += digits
  }

  /// Tilde first, then letters, then all others.
  private static func code(_ character: UInt8) -> UInt8 {
    if character == UInt8(ascii: "~") { return 1 }
    return character.isLetter ? character : character | 0x80
  }
}

extension VersionKey: ColumnValue {
  /// Bytes.
  public static var columnType: ColumnType { .bytes }
  /// No: all bytes are taken as they are.
  public static var canFail: Bool { false }
  /// The bytes as they are stored.
  public var value: Value { .bytes(bytes) }

  /// Makes a key of stored bytes.
  public init?(value: Value) {
    guard case .bytes(let bytes) = value else { return nil }
    self.bytes = bytes
  }
}

extension VersionKey: Comparable {
  /// Whether the left version is the older one.
  public static func < (left: VersionKey, right: VersionKey) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}
