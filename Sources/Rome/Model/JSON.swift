// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A column of any `Codable` type, stored as a JSON document.
///
/// ```swift
/// @Entity("hosts")
/// final class Host {
///   @PrimaryKey var name: String
///   var labels: JSON<[String: String]> = [:]
/// }
/// host.labels["zone"] = "a"        // members of the wrapped value are reached through it
/// ```
@dynamicMemberLookup
public struct JSON<Wrapped: Codable & Sendable>: Sendable {
  /// The value in the document.
  public var wrapped: Wrapped

  /// Wraps a value.
  public init(_ wrapped: Wrapped) {
    self.wrapped = wrapped
  }

  /// A member of the wrapped value.
  public subscript<Member>(dynamicMember path: WritableKeyPath<Wrapped, Member>) -> Member {
    get { wrapped[keyPath: path] }
    set { wrapped[keyPath: path] = newValue }
  }

  /// A member of the wrapped value.
  public subscript<Member>(dynamicMember path: KeyPath<Wrapped, Member>) -> Member {
    wrapped[keyPath: path]
  }
}

extension JSON: ColumnValue {
  /// A JSON document.
  public static var columnType: ColumnType { .json }

  /// The document with sorted keys, so that equal values have equal documents. Dates are written as `Date` encodes itself,
  /// so that no fraction is lost, and numbers that JSON has no form for as the texts "nan", "inf" and "-inf". A value whose
  /// own encoding throws becomes NULL, which a column that is not optional refuses when it is flushed.
  public var value: Value {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(wrapped) else { return .null }
    return .json(Array(data))
  }

  /// Decodes a document; nil when it is none of the wrapped type.
  public init?(value: Value) {
    guard case .json(let bytes) = value else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let wrapped = try? decoder.decode(Wrapped.self, from: Data(bytes)) else { return nil }
    self.wrapped = wrapped
  }
}

extension JSON: Equatable where Wrapped: Equatable {}
extension JSON: Hashable where Wrapped: Hashable {}

extension JSON: Codable {
  /// Decodes the wrapped value itself.
  public init(from decoder: any Decoder) throws {
    wrapped = try decoder.singleValueContainer().decode(Wrapped.self)
  }

  /// Encodes the wrapped value itself.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(wrapped)
  }
}

extension JSON: ExpressibleByArrayLiteral where Wrapped: RangeReplaceableCollection {
  /// Wraps a collection of the elements.
  public init(arrayLiteral elements: Wrapped.Element...) {
    wrapped = Wrapped(elements)
  }
}

extension JSON: ExpressibleByDictionaryLiteral where Wrapped: DictionaryWrapping {
  /// Wraps a dictionary of the elements; of equal keys the last one counts.
  public init(dictionaryLiteral elements: (Wrapped.DictionaryKey, Wrapped.DictionaryValue)...) {
    wrapped = Wrapped(pairs: elements)
  }
}

/// A dictionary, so that a ``JSON`` column of one can have a dictionary literal as its value. Only `Dictionary` conforms.
public protocol DictionaryWrapping {
  /// The keys of the dictionary.
  associatedtype DictionaryKey
  /// The values of the dictionary.
  associatedtype DictionaryValue
  /// Makes a dictionary of pairs; of equal keys the last one counts.
  init(pairs: [(DictionaryKey, DictionaryValue)])
}

extension Dictionary: DictionaryWrapping {
  /// Makes a dictionary of pairs; of equal keys the last one counts.
  public init(pairs: [(Key, Value)]) {
    self.init(pairs, uniquingKeysWith: { $1 })
  }
}
