// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The name of a property as a coding key.
private struct PropertyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) {
    self.stringValue = stringValue
  }

  init?(intValue: Int) {
    nil
  }
}

extension EntitySnapshot: Codable {
  /// Decodes the columns by the names of their properties. One that is missing is NULL where the column has one.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: PropertyKey.self)
    storedValues = try Owner.schema.columns.map { column in
      let key = PropertyKey(stringValue: column.property)
      if column.isNullable {
        guard container.contains(key), try !container.decodeNil(forKey: key) else { return .null }
      }
      let value = try Self.decode(column, from: container, key)
      guard column.decode(value) != nil else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "the value is none of the column's type")
      }
      return value
    }
  }

  /// Encodes the columns by the names of their properties. NULL is left out.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: PropertyKey.self)
    for (column, value) in zip(Owner.schema.columns, storedValues) where !value.isNull {
      try Self.encode(value, of: column, into: &container, PropertyKey(stringValue: column.property))
    }
  }

  /// A type that is `Codable` encodes itself; of any other it is the stored form.
  private static func encode(
    _ value: Value, of column: ColumnDescription, into container: inout KeyedEncodingContainer<PropertyKey>,
    _ key: PropertyKey
  ) throws {
    if let type = column.baseType, let encodable = codable(type, value) {
      return try container.encode(encodable, forKey: key)
    }
    switch value {
    case .null: break
    case .bool(let value): try container.encode(value, forKey: key)
    case .int(let value), .date(let value): try container.encode(value, forKey: key)
    case .double(let value): try container.encode(value, forKey: key)
    case .string(let value): try container.encode(value, forKey: key)
    case .bytes(let value): try container.encode(Data(value), forKey: key)
    case .uuid(let value): try container.encode(value, forKey: key)
    case .json(let value): try container.encode(String(decoding: value, as: UTF8.self), forKey: key)
    }
  }

  private static func codable<Base: ColumnValue>(_ type: Base.Type, _ value: Value) -> (any Encodable)? {
    type is any Codable.Type ? Base(value: value) as? any Encodable : nil
  }

  private static func decode(
    _ column: ColumnDescription, from container: KeyedDecodingContainer<PropertyKey>, _ key: PropertyKey
  ) throws -> Value {
    if let type = column.baseType as? any Codable.Type,
      let value = try container.decode(type, forKey: key) as? any ColumnValue
    {
      return value.value
    }
    return switch column.type {
    case .bool: .bool(try container.decode(Bool.self, forKey: key))
    case .int: .int(try container.decode(Int64.self, forKey: key))
    case .date: .date(try container.decode(Int64.self, forKey: key))
    case .double: .double(try container.decode(Double.self, forKey: key))
    case .string: .string(try container.decode(String.self, forKey: key))
    case .bytes: .bytes(Array(try container.decode(Data.self, forKey: key)))
    case .uuid: .uuid(try container.decode(UUID.self, forKey: key))
    case .json: .json(Array(try container.decode(String.self, forKey: key).utf8))
    }
  }
}
