// SPDX-License-Identifier: Apache-2.0

import Foundation
import RomeTesting
import Testing

@testable import Rome

@Suite struct KeyEncodingTests {
  private func encode(_ values: [Value], descending: [Bool]) -> Key {
    var encoder = KeyEncoder()
    for (value, descending) in zip(values, descending) { encoder.append(value, descending: descending) }
    return encoder.key
  }

  private func sign(_ number: Int) -> Int { number.signum() }

  @Test(arguments: RandomValues.types, [false, true])
  func `encoded values are ordered as the values`(type: ColumnType, descending: Bool) {
    for seed in 0..<20 as Range<UInt64> {
      var values = RandomValues(seed: seed)
      for _ in 0..<500 {
        let pair = [values.nullable(type), values.nullable(type)]
        let keys = pair.map { encode([$0], descending: [descending]) }
        let expected = Value.order(pair[0], pair[1]) * (descending ? -1 : 1)
        let found = compareBytes(keys[0].bytes, keys[1].bytes)
        #expect(sign(found) == expected, "seed \(seed): \(pair)")
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `an index entry that is made of the bytes of a row is that of its values`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    for _ in 0..<200 {
      let (columns, drawn) = RowFormatTests.row(&values)
      let positions = columns.indices.shuffled(using: &values.random).prefix(4)
      let descending = positions.map { _ in values.random.chance(0.5) }
      let index = EntitySchema.Index(
        description: IndexDescription(zip(positions, descending).map { .init(columns[$0].name, descending: $1) }),
        columns: Array(positions), descending: descending, space: .index("index", of: "table"))
      // A row of before the last columns were added has their fills.
      let count = Int.random(in: 0...columns.count, using: &values.random)
      let row = try EncodedRow(RowFormat.encode(Array(drawn[..<count]))[...], columns: columns)
      let entry = index.entry(for: Key([7, 8]), of: row)
      let expected = encode(positions.map { row[$0] }, descending: descending)
      #expect(Array(entry.columns) == expected.bytes, "seed \(seed): \(row.values)")
      #expect(entry.rowKey == Key([7, 8]))
      #expect(index.hasNull(in: row) == positions.contains { row[$0].isNull })
    }
  }

  @Test func `text that is not UTF-8 has the key of what it reads as`() throws {
    let columns = RowFormatTests.columns([(.string, false)])
    let index = EntitySchema.Index(
      description: .index("c0"), columns: [0], descending: [false], space: .index("index", of: "table"))
    let bytes = RowFormat.encode([.string("a long enough text with an A in it")]).map { $0 == 0x41 ? 0xFF : $0 }
    let row = try EncodedRow(bytes[...], columns: columns)
    #expect(Array(index.entry(for: .first, of: row).columns) == encode([row[0]], descending: [false]).bytes)
    #expect(row[0] == .string("a long enough text with an \u{FFFD} in it"))
  }

  @Test(arguments: 0..<26)
  func `bytes that must be escaped are, wherever they are`(position: Int) throws {
    for byte in [0, 1] as [UInt8] {
      var content = [UInt8](repeating: 0x80, count: 26)
      content[position] = byte
      var expected: [UInt8] = [KeyTag.bytes] + content + [0]
      expected.replaceSubrange(position + 1...position + 1, with: [1, byte + 1])
      #expect(KeyEncoder.encode(.bytes(content)).bytes == expected)
      var decoder = KeyDecoder(expected[...])
      #expect(try decoder.next() == .bytes(content))
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `several values are ordered by the first that differs`(seed: UInt64) {
    var values = RandomValues(seed: seed)
    for _ in 0..<500 {
      let count = Int.random(in: 1...4, using: &values.random)
      let types = (0..<count).map { _ in values.type() }
      let descending = (0..<count).map { _ in values.random.chance(0.5) }
      let left = types.map { values.nullable($0) }
      // Half of the elements are equal, so that the later ones decide too.
      let right = zip(types, left).map { values.random.chance(0.5) ? $1 : values.nullable($0) }
      let expected =
        zip(zip(left, right), descending).lazy.map { Value.order($0.0, $0.1) * ($1 ? -1 : 1) }.first { $0 != 0 } ?? 0
      let keys = [left, right].map { encode($0, descending: descending) }
      #expect(
        sign(compareBytes(keys[0].bytes, keys[1].bytes)) == expected, "seed \(seed): \(left) \(right) \(descending)")
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `no encoded value is the prefix of another one`(seed: UInt64) {
    var values = RandomValues(seed: seed)
    for descending in [false, true] {
      let drawn = (0..<150).map { _ in values.nullable(values.type()) }
      let keys = drawn.map { encode([$0], descending: [descending]).bytes }
      for (left, leftKey) in zip(drawn, keys) {
        for (right, rightKey) in zip(drawn, keys) where left != right {
          #expect(!rightKey.starts(with: leftKey), "seed \(seed): \(left) \(right)")
        }
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `what is decoded is what was encoded`(seed: UInt64) throws {
    var values = RandomValues(seed: seed)
    for _ in 0..<500 {
      let count = Int.random(in: 0...4, using: &values.random)
      let drawn = (0..<count).map { _ in values.nullable(values.type()) }
      let descending = (0..<count).map { _ in values.random.chance(0.5) }
      let key = encode(drawn, descending: descending)
      // A slice in the middle of other bytes, as an entry's columns are.
      let around = [0xAA, 0xBB] + key.bytes + [0xCC]
      var decoder = KeyDecoder(around[2..<(around.count - 1)])
      let decoded = try descending.map { try decoder.next(descending: $0) }
      #expect(decoded == drawn, "seed \(seed)")
      #expect(decoder.isAtEnd && decoder.consumed == key.bytes.count)
      #expect(throws: KeyDecoder.Malformed.self) { try decoder.next() }
    }
  }

  @Test func `the formats of the documentation are those that are written`() {
    let examples: [(Value, [UInt8])] = [
      (.null, [0x01]), (.bool(false), [0x02]), (.bool(true), [0x03]), (.int(0), [0x14]), (.int(1), [0x15, 0x01]),
      (.int(255), [0x15, 0xFF]), (.int(256), [0x16, 0x01, 0x00]), (.int(-1), [0x13]), (.int(-2), [0x12, 0xFE]),
      (.int(-256), [0x12, 0x00]), (.int(-257), [0x11, 0xFE, 0xFF]),
      (.int(.max), [0x1C, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
      (.int(.min), [0x0B, 0x80, 0, 0, 0, 0, 0, 0, 0]), (.date(1), [0x24, 0x15, 0x01]),
      (.double(1), [0x21, 0xBF, 0xF0, 0, 0, 0, 0, 0, 0]),
      (.string("a\u{0}b\u{1}"), [0x30, 0x61, 0x01, 0x01, 0x62, 0x01, 0x02, 0x00]),
      (.bytes([]), [0x31, 0x00]), (.json([0x7B, 0x7D]), [0x32, 0x7B, 0x7D, 0x00]),
      (.uuid(.zero), [0x28] + Array(repeating: 0, count: 16)),
    ]
    for (value, bytes) in examples { #expect(KeyEncoder.encode([value]).bytes == bytes, "\(value)") }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `equal values have equal keys and equal hashes`(seed: UInt64) {
    var values = RandomValues(seed: seed)
    for _ in 0..<500 {
      let type = values.type()
      let left = values.value(type)
      let right = values.value(type)
      #expect((left == right) == (KeyEncoder.encode([left]) == KeyEncoder.encode([right])), "\(left) \(right)")
      if left == right { #expect(left.hashValue == right.hashValue) }
    }
  }
}
