// SPDX-License-Identifier: Apache-2.0

public import Rome

/// An address of an interface or a machine as Nova stores it: a text, an IPv6 address in its short form.
///
/// Nova does not check these texts, so neither does this type: a text that is no address stays as it is.
public struct NovaAddress: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The text.
  public let description: String

  /// Makes an address.
  ///
  /// - Parameter text: The address. An IPv6 address gets its short form.
  public init(_ text: String) {
    if text.utf8.contains(UInt8(ascii: ":")), let address = IPAddress(text) {
      description = address.description
    } else {
      description = text
    }
  }

  /// Makes an address of a literal.
  public init(stringLiteral value: String) { self.init(value) }
}

extension NovaAddress: ColumnValue {
  /// A text.
  public static var columnType: ColumnType { .string }
  /// No.
  public static var canFail: Bool { false }
  /// The stored form.
  public var value: Value { .string(description) }
  /// Makes an address of a stored text.
  public init?(value: Value) {
    guard case .string(let text) = value else { return nil }
    self.init(text)
  }
}

extension NovaField {
  /// The address, or null.
  public init(_ address: NovaAddress?) { self.init(address?.description) }
}
