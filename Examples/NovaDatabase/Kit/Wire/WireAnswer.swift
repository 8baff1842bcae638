// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONService
import Rome
import RomeNova

/// A type of results that can go over the wire.
protocol WireAnswer: Sendable {
  /// The result as JSON.
  func wire(_ encoder: WireEncoder) -> JSONValue
}

/// How results become JSON.
struct WireEncoder {
  /// The form of the rows that a function answers.
  enum Form: Sendable {
    /// Rows are rows.
    case rows
    /// The rows themselves are plain objects; those that belong to them are rows.
    case objects
  }

  /// The options of the call: they make computed fields, and the release decides which columns there are.
  let options: NovaOptions
  /// The form of rows.
  var form = Form.rows

  func encode(_ row: any AnyNovaRow) -> JSONValue {
    var fields: [String: JSONValue] = [:]
    for (name, value) in row.loadedColumns where ReleaseColumns.has(row.tableName, name, options.release) {
      fields[name] = encode(value)
    }
    for (name, field) in row.extraFields(options) { fields[name] = encode(field) }
    let inner = WireEncoder(options: options)
    for (name, related) in row.related where !name.hasPrefix("_") {
      switch related {
      case .one(let row): fields[name] = row.map { inner.encode($0) } ?? .null
      case .many(let rows): fields[name] = .array(rows.map { inner.encode($0) })
      }
    }
    // A fault is a plain object wherever it is, in an instance too.
    if form == .objects || row.modelName == InstanceFault.modelName { return .object(fields) }
    var message: [String: JSONValue] = ["$model": .string(row.modelName), "fields": .object(fields)]
    let properties = row.properties(options)
    if !properties.isEmpty { message["properties"] = .object(properties.mapValues { encode($0) }) }
    return .object(message)
  }

  func encode(_ value: Value) -> JSONValue {
    switch value {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let number): .int(number)
    case .double(let number): .double(number)
    case .string(let text): .string(text)
    case .bytes(let bytes): ["$bytes": .string(Data(bytes).base64EncodedString())]
    case .date(let microseconds): ["$datetime": .string(WireTime.text(microseconds: microseconds))]
    case .uuid(let uuid): .string(uuid.uuidString.lowercased())
    case .json(let text): .string(String(decoding: text, as: UTF8.self))
    }
  }

  func encode(_ field: NovaField) -> JSONValue {
    switch field {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let number): .int(number)
    case .double(let number): .double(number)
    case .string(let text): .string(text)
    case .date(let date): encode(date.value)
    case .list(let fields): .array(fields.map { encode($0) })
    case .object(let fields): .object(fields.mapValues { encode($0) })
    }
  }
}

extension NovaRow: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { encoder.encode(self) }
}

extension Optional: WireAnswer where Wrapped: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { map { $0.wire(encoder) } ?? .null }
}

extension Array: WireAnswer where Element: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { .array(map { $0.wire(encoder) }) }
}

extension Dictionary: WireAnswer where Key == String, Value: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { .object(mapValues { $0.wire(encoder) }) }
}

extension Set: WireAnswer where Element: WireAnswer & Comparable {
  func wire(_ encoder: WireEncoder) -> JSONValue { ["$set": .array(sorted().map { $0.wire(encoder) })] }
}

extension String: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { .string(self) }
}

extension Int: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { .int(Int64(self)) }
}

extension Int64: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { .int(self) }
}

extension Bool: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { .bool(self) }
}

extension Date: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { encoder.encode(value) }
}

extension NovaField: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { encoder.encode(self) }
}
