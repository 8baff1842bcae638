// SPDX-License-Identifier: Apache-2.0

extension GlanceValue: Codable {
  /// The name of a member of any object.
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Decodes a value as the registry writes it: a point in time is an object of `_type` "datetime" and `_value`.
  ///
  /// - Throws: `DecodingError`, also for such an object whose `_value` is no point in time.
  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Name.self) {
      var members: [String: GlanceValue] = [:]
      for name in container.allKeys { members[name.stringValue] = try container.decode(GlanceValue.self, forKey: name) }
      guard members["_type"] == "datetime", let value = members["_value"] else {
        self = .object(members)
        return
      }
      guard let text = value.stringValue, let time = GlanceTime(iso8601: text) else {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not a point in time"))
      }
      self = .date(time)
    } else if var container = try? decoder.unkeyedContainer() {
      var elements: [GlanceValue] = []
      while !container.isAtEnd { elements.append(try container.decode(GlanceValue.self)) }
      self = .array(elements)
    } else {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let number = try? container.decode(Int64.self) {
        self = .int(number)
      } else if let number = try? container.decode(Double.self) {
        self = .double(number)
      } else {
        self = .string(try container.decode(String.self))
      }
    }
  }

  /// Encodes the value as the registry writes it.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .object(let members):
      var container = encoder.container(keyedBy: Name.self)
      for (name, value) in members { try container.encode(value, forKey: Name(stringValue: name)) }
    case .date(let time):
      var container = encoder.container(keyedBy: Name.self)
      try container.encode("datetime", forKey: Name(stringValue: "_type"))
      try container.encode(time.description, forKey: Name(stringValue: "_value"))
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    default:
      var container = encoder.singleValueContainer()
      switch self {
      case .bool(let value): try container.encode(value)
      case .int(let number): try container.encode(number)
      case .double(let number): try container.encode(number)
      case .string(let text): try container.encode(text)
      default: try container.encodeNil()
      }
    }
  }
}
