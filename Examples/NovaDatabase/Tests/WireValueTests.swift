// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTestSupport
import JSONService
import Rome
import RomeNova
import RomeTesting
import Testing

@testable import NovaDatabaseKit

/// The spellings of section 2 of the protocol.
@Suite struct WireValueTests {
  @Test(
    arguments: [
      ("null", .null), ("true", .bool(true)), ("7", .int(7)), ("2.5", .double(2.5)), (#""x""#, .string("x")),
      ("[1, [2]]", .list([.int(1), .list([.int(2)])])), (#"{"a": null}"#, .object(["a": .null])),
      (#"{"$datetime": "2016-03-01T12:00:00.123456"}"#, .time(1_456_833_600_123_456)),
      (#"{"$datetime": "2016-03-01T12:00:00.123456+00:00"}"#, .time(1_456_833_600_123_456)),
      (#"{"$date": "2016-03-01"}"#, .time(1_456_790_400_000_000)), (#"{"$timedelta": 86400.0}"#, .duration(86400)),
      (#"{"$timedelta": 60}"#, .duration(60)), (#"{"$tuple": [1, "a"]}"#, .list([.int(1), .string("a")])),
      (#"{"$set": ["a"]}"#, .list([.string("a")])), (#"{"$uuid": "u"}"#, .string("u")),
      (#"{"$ip": "10.0.0.0/24"}"#, .string("10.0.0.0/24")), (#"{"$bytes": "AAE="}"#, .string("AAE=")),
      (
        #"{"$dict": [[1, "a"], [null, 2]]}"#,
        .pairs([.init(key: .int(1), value: .string("a")), .init(key: .null, value: .int(2))])
      ),
      (#"{"$model": "Service", "fields": {"id": 1}, "properties": {}}"#, .row("Service", ["id": .int(1)])),
      (
        #"{"$constraint": {"host": {"$equal_any": ["a", null]}, "state": {"$not_equal": [1]}}}"#,
        .constraint(["host": .equalAny([.string("a"), .null]), "state": .notEqual([.int(1)])])
      ),
      (
        #"{"$resource": {"name": "cores", "sync": "_sync_instances", "default": 20}}"#,
        .resource(["name": .string("cores"), "sync": .string("_sync_instances"), "default": .int(20)])
      ),
    ] as [(String, WireValue)])
  func `Each kind of argument has its spelling`(_ text: String, _ value: WireValue) throws {
    #expect(try WireValue(try JSONReader.read(Array(text.utf8))) == value)
  }

  @Test(arguments: [
    #"{"$datetime": 5}"#, #"{"$datetime": "soon"}"#, #"{"$dict": [[1]]}"#, #"{"$dict": {}}"#, #"{"$tuple": 1}"#,
    #"{"$nothing": 1}"#, #"{"$": 1}"#, #"{"$equal_any": "x"}"#, #"[{"a": {"$set": null}}]"#, #"{"$model": 1}"#,
  ])
  func `What is no spelling is a ValueError`(_ text: String) throws {
    let json = try JSONReader.read(Array(text.utf8))
    let error = #expect(throws: NovaError.self) { try WireValue(json) }
    #expect(error?.code == .valueError)
  }

  @Test func `A column takes the conversions that a database does`() throws {
    #expect(try WireValue.string("5").stored(as: .int) == .int(5))
    #expect(try WireValue.bool(true).stored(as: .int) == .int(1))
    #expect(try WireValue.int(0).stored(as: .bool) == .bool(false))
    #expect(try WireValue.int(3).stored(as: .double) == .double(3))
    #expect(try WireValue.int(3).stored(as: .string) == .string("3"))
    #expect(try WireValue.string("2016-03-01T12:00:00").stored(as: .date) == .date(1_456_833_600_000_000))
    #expect(try WireValue.null.stored(as: .int) == .null)
    for (value, type) in [(WireValue.string("x"), ColumnType.int), (.list([]), .string), (.string("x"), .double)] {
      #expect(throws: NovaError.self) { try value.stored(as: type) }
    }
  }

  @Test func `A text that is no number is the number of no row`() throws {
    #expect(try Int(wire: .string("12")) == 12)
    #expect(try Int(wire: .string("x")) == Int.noRow && Int(wire: .null) == Int.noRow)
    #expect(throws: NovaError.self) { try Int(wire: .list([])) }
  }

  @Test func `What is answered is read as what it was`() throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed of the random values: \(seed)")
    var random = SeededGenerator(seed: seed)
    let encoder = WireEncoder(options: NovaOptions())
    for _ in 0..<2000 {
      let value = Value.random(using: &random)
      let bytes = JSONWriter.write(encoder.encode(value))
      let read = try WireValue(try JSONReader.read(bytes))
      #expect(try read.stored(as: value.type ?? .string) == value, "seed \(seed)")
    }
  }

  @Test func `Fields of any depth are answered and read as they were`() throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed of the random fields: \(seed)")
    var random = SeededGenerator(seed: seed)
    let encoder = WireEncoder(options: NovaOptions())
    for _ in 0..<500 {
      let json = JSONValue.random(depth: 4, using: &random)
      let field = NovaField(plain: json)
      #expect(try JSONReader.read(JSONWriter.write(encoder.encode(field))) == json, "seed \(seed)")
    }
  }
}

extension Value {
  /// A value of a type that columns of Nova have.
  fileprivate static func random(using random: inout SeededGenerator) -> Value {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: .null
    case 1: .bool(.random(using: &random))
    case 2: .int(.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random))
    case 3: .double(.random(in: -1e9...1e9, using: &random))
    case 4: .string(JSONValue.text(using: &random))
    default: .date(.random(in: -1_000_000_000_000_000...4_000_000_000_000_000, using: &random))
    }
  }
}

extension NovaField {
  /// The field of a value without spellings.
  fileprivate init(plain json: JSONValue) {
    self =
      switch json {
      case .null: .null
      case .bool(let value): .bool(value)
      case .int(let number): .int(number)
      case .double(let number): .double(number)
      case .string(let text): .string(text)
      case .array(let elements): .list(elements.map { NovaField(plain: $0) })
      case .object(let members): .object(members.mapValues { NovaField(plain: $0) })
      }
  }
}
