// SPDX-License-Identifier: Apache-2.0

import HTTPService
import JSONService
import RomeGlance

extension GlanceValue {
  /// Reads a value. The objects that the registry writes points in time as become points in time.
  ///
  /// - Parameter json: The text in UTF-8.
  /// - Throws: ``HTTPRefusal`` when it is no JSON, or holds a time that is none.
  init(json: [UInt8]) throws(HTTPRefusal) {
    do {
      self = try Self.value(try JSONReader.read(json))
    } catch let error as JSONReader.Failure {
      throw .malformedJSON(error.reason, at: error.offset)
    } catch {
      throw .malformedJSON("a datetime is no ISO 8601 date and time")
    }
  }

  /// The value as JSON in UTF-8.
  var json: [UInt8] { JSONWriter.write(jsonValue) }

  private struct NoTime: Error {}

  private static func value(_ json: JSONValue) throws(NoTime) -> GlanceValue {
    switch json {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let number): return .int(number)
    case .double(let number): return .double(number)
    case .string(let text): return .string(text)
    case .array(let elements):
      var values: [GlanceValue] = []
      values.reserveCapacity(elements.count)
      for element in elements { values.append(try value(element)) }
      return .array(values)
    case .object(let members):
      if members["_type"] == "datetime", let text = members["_value"] {
        guard let time = text.stringValue.flatMap({ GlanceTime(iso8601: $0) }) else { throw NoTime() }
        return .date(time)
      }
      var values: [String: GlanceValue] = [:]
      for (name, member) in members { values[name] = try value(member) }
      return .object(values)
    }
  }

  private var jsonValue: JSONValue {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let number): .int(number)
    case .double(let number): .double(number)
    case .string(let text): .string(text)
    case .date(let time): ["_type": "datetime", "_value": .string(time.description)]
    case .array(let elements): .array(elements.map(\.jsonValue))
    case .object(let members): .object(members.mapValues(\.jsonValue))
    }
  }
}
