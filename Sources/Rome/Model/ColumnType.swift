// SPDX-License-Identifier: Apache-2.0

/// The type of a column as stores and the schema record know it.
public enum ColumnType: String, Hashable, Sendable, Codable {
  /// A truth value.
  case bool
  /// A whole number of up to 64 bits.
  case int
  /// A floating-point number of 64 bits.
  case double
  /// A text.
  case string
  /// Bytes, ordered byte by byte.
  case bytes
  /// A point in time with microseconds.
  case date
  /// A UUID.
  case uuid
  /// A JSON document. It can be compared for equality, but not indexed or ordered.
  case json
}

extension Value {
  /// The type of the value; nil for NULL.
  public var type: ColumnType? {
    switch self {
    case .null: nil
    case .bool: .bool
    case .int: .int
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .date: .date
    case .uuid: .uuid
    case .json: .json
    }
  }
}
