// SPDX-License-Identifier: Apache-2.0

import Foundation

/// An IPv4 or IPv6 address. As a column it is ordered by number, all IPv4 addresses before the IPv6 ones.
public struct IPAddress: Hashable, Sendable {
  /// The bytes of the address in network order: 4 or 16.
  public let bytes: [UInt8]

  /// Makes an address of 4 or 16 bytes in network order; nil for another number of bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Parses an address such as `192.0.2.1` or `2001:db8::1`; nil when the text is none.
  public init?(_ text: String) {
    guard let bytes = Self.parseIPv4(text) ?? Self.parseIPv6(text) else { return nil }
    self.bytes = bytes
  }

  /// Whether it is an IPv6 address.
  public var isIPv6: Bool { bytes.count == 16 }

  private static func parseIPv4(_ text: some StringProtocol) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) }),
        part.utf8.count == 1 || part.utf8.first != 48, let byte = UInt8(part)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func parseIPv6(_ text: String) -> [UInt8]? {
    let halves = text.components(separatedBy: "::")
    guard halves.count <= 2, let head = parseGroups(halves[0], allowsIPv4: halves.count == 1) else { return nil }
    guard halves.count == 2 else { return head.count == 16 ? head : nil }
    guard let tail = parseGroups(halves[1], allowsIPv4: true), head.count + tail.count <= 14 else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  private static func parseGroups(_ text: String, allowsIPv4: Bool) -> [UInt8]? {
    if text.isEmpty { return [] }
    var bytes: [UInt8] = []
    let groups = text.split(separator: ":", omittingEmptySubsequences: false)
    for (position, group) in groups.enumerated() {
      if allowsIPv4, position == groups.count - 1, let embedded = parseIPv4(group) {
        bytes += embedded
      } else {
        guard (1...4).contains(group.utf8.count), group.allSatisfy(\.isHexDigit), let number = UInt16(group, radix: 16)
        else { return nil }
        bytes += [UInt8(number >> 8), UInt8(number & 0xFF)]
      }
    }
    return bytes.count <= 16 ? bytes : nil
  }
}

extension IPAddress: Comparable {
  /// Whether the left address comes first: IPv4 before IPv6, then by number.
  public static func < (left: IPAddress, right: IPAddress) -> Bool {
    left.bytes.count != right.bytes.count
      ? left.bytes.count < right.bytes.count : compareBytes(left.bytes, right.bytes) < 0
  }
}

extension IPAddress: LosslessStringConvertible {
  /// The address as text; IPv6 in the canonical form of RFC 5952.
  public var description: String {
    guard isIPv6 else { return bytes.map(String.init).joined(separator: ".") }
    let groups: [UInt16] = (0..<8).map { group in
      let high = UInt16(bytes[2 * group])
      return high << 8 | UInt16(bytes[2 * group + 1])
    }
    var longest = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(1, longest.count) { longest = start..<end }
      start = max(end, start + 1)
    }
    let texts = groups.map { String($0, radix: 16) }
    if longest.isEmpty { return texts.joined(separator: ":") }
    return texts[..<longest.lowerBound].joined(separator: ":") + "::"
      + texts[longest.upperBound...].joined(separator: ":")
  }
}

extension IPAddress: ColumnValue {
  /// Bytes.
  public static var columnType: ColumnType { .bytes }
  /// The family (4 or 6) and the bytes of the address.
  public var value: Value { .bytes([isIPv6 ? 6 : 4] + bytes) }
  /// Makes an address of a stored one.
  public init?(value: Value) {
    guard case .bytes(let stored) = value, let family = stored.first, family == (stored.count == 5 ? 4 : 6) else {
      return nil
    }
    self.init(bytes: Array(stored.dropFirst()))
  }
}

extension IPAddress: Codable {
  /// Decodes the text of an address.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let address = IPAddress(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an IP address")
    }
    self = address
  }

  /// Encodes the address as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// An IP network: an address and the length of its prefix, as in `192.0.2.0/24`.
public struct IPNetwork: Hashable, Sendable {
  /// The address as it was given; bits behind the prefix are kept.
  public let address: IPAddress
  /// The length of the prefix in bits.
  public let prefixLength: Int

  /// Makes a network; nil when the prefix is longer than the address or negative.
  public init?(_ address: IPAddress, prefixLength: Int) {
    guard (0...address.bytes.count * 8).contains(prefixLength) else { return nil }
    self.address = address
    self.prefixLength = prefixLength
  }

  /// Parses a network such as `192.0.2.0/24`; without a slash it is that single address. nil when the text is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let address = IPAddress(String(parts[0])) else { return nil }
    if parts.count == 1 {
      self.init(address, prefixLength: address.bytes.count * 8)
    } else {
      guard let length = Int(parts[1]) else { return nil }
      self.init(address, prefixLength: length)
    }
  }

  /// The same network with an address whose bits behind the prefix are zero, as in `192.0.2.0/24` for `192.0.2.7/24`.
  public var network: IPNetwork {
    let bytes = address.bytes.enumerated().map { position, byte in
      byte & UInt8(truncatingIfNeeded: 0xFF00 >> max(0, min(8, prefixLength - position * 8)))
    }
    return IPAddress(bytes: bytes).flatMap { IPNetwork($0, prefixLength: prefixLength) } ?? self
  }

  /// Whether the address lies in the network.
  public func contains(_ other: IPAddress) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    return zip(address.bytes, other.bytes).enumerated().allSatisfy { position, pair in
      let bits = max(0, min(8, prefixLength - position * 8))
      let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
      return pair.0 & mask == pair.1 & mask
    }
  }
}

extension IPNetwork: LosslessStringConvertible {
  /// The address, a slash and the length of the prefix.
  public var description: String { "\(address)/\(prefixLength)" }
}

extension IPNetwork: ColumnValue {
  /// Bytes.
  public static var columnType: ColumnType { .bytes }
  /// The family, the bytes of the address and the length of the prefix.
  public var value: Value { .bytes([address.isIPv6 ? 6 : 4] + address.bytes + [UInt8(prefixLength)]) }
  /// Makes a network of a stored one.
  public init?(value: Value) {
    guard case .bytes(let stored) = value, let length = stored.last,
      let address = IPAddress(value: .bytes(Array(stored.dropLast())))
    else { return nil }
    self.init(address, prefixLength: Int(length))
  }
}

extension IPNetwork: Codable {
  /// Decodes the text of a network.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let network = IPNetwork(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an IP network")
    }
    self = network
  }

  /// Encodes the network as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
