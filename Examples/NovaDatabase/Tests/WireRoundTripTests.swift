// SPDX-License-Identifier: Apache-2.0

import HTTPTestSupport
import JSONService
import Rome
import RomeNova
import RomeTesting
import Testing

@testable import NovaDatabaseKit

/// What the server writes, and reads again.
@Suite struct WireRoundTripTests {
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
