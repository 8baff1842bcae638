// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A network as Nova stores it: a text such as `10.0.0.0/24`, without the bits of a host.
///
/// Nova does not check these texts, so neither does this type: a text that is no network stays as it is.
public struct NovaCIDR: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The text.
  public let description: String

  /// Makes a network.
  ///
  /// - Parameter text: The network. One address alone is a network of that address.
  public init(_ text: String) {
    description = IPNetwork(text)?.network.description ?? text
  }

  /// Makes a network of a literal.
  public init(stringLiteral value: String) { self.init(value) }
}

extension NovaCIDR: ColumnValue {
  /// A text.
  public static var columnType: ColumnType { .string }
  /// No.
  public static var canFail: Bool { false }
  /// The stored form.
  public var value: Value { .string(description) }
  /// Makes a network of a stored text.
  public init?(value: Value) {
    guard case .string(let text) = value else { return nil }
    self.init(text)
  }
}
