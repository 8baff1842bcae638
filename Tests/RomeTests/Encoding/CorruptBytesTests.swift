// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// Bytes that a store may hand out after a fault: they give an error or values, never a crash.
@Suite struct CorruptBytesTests {
  /// What a fault does to bytes.
  private func damage(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var result = bytes
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return random.bytes(upTo: 60)
    case 1: result.removeLast(Int.random(in: 0...bytes.count, using: &random))
    case 2: result += random.bytes(upTo: 8)
    case 3 where !bytes.isEmpty: result.removeFirst(Int.random(in: 1...bytes.count, using: &random))
    case 4 where !bytes.isEmpty:
      // Lengths and offsets are at the begin, so most of the damage goes there.
      result[Int.random(in: 0..<min(bytes.count, 12), using: &random)] = UInt8.random(in: .min ... .max, using: &random)
    case 5 where !bytes.isEmpty:
      result[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    default:
      for position in result.indices where random.chance(0.1) {
        result[position] = [0x00, 0xFF, 0x80, 0x7F].randomElement(using: &random) ?? 0
      }
    }
    return result
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a damaged row is an error, or all its columns can be read`(seed: UInt64) {
    var values = RandomValues(seed: seed)
    var refused = 0
    var read = 0
    for _ in 0..<200 {
      let (columns, drawn) = RowFormatTests.row(&values)
      let whole = RowFormat.encode(drawn)
      for _ in 0..<30 {
        let bytes = damage(whole, &values.random)
        // At the begin of its array and in the middle of one: offsets must count from the slice.
        for slice in [bytes[...], ([1, 2, 3] + bytes + [4])[3..<(bytes.count + 3)]] {
          do throws(EncodedRow.Malformed) {
            let row = try EncodedRow(slice, columns: columns)
            let found = row.values
            let fits = zip(found, columns).allSatisfy { value, column in
              value.isNull ? column.isNullable : value.type == column.type
            }
            #expect(fits, "seed \(seed)")
            for position in columns.indices { #expect(row.isNull(position) == found[position].isNull) }
            // What was read can be written, and reads as the same again.
            let again = try EncodedRow(RowFormat.encode(found)[...], columns: columns)
            #expect(again.values == found)
            read += 1
          } catch {
            #expect(!error.reason.isEmpty)
            refused += 1
          }
        }
      }
    }
    #expect(read > 500 && refused > 500, "both happen: \(read) read, \(refused) refused")
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a damaged key is an error, or reads as values with that key`(seed: UInt64) {
    var values = RandomValues(seed: seed)
    var refused = 0
    var read = 0
    for _ in 0..<6000 {
      let count = Int.random(in: 1...4, using: &values.random)
      let descending = (0..<count).map { _ in values.random.chance(0.5) }
      var encoder = KeyEncoder()
      for descending in descending { encoder.append(values.nullable(values.type()), descending: descending) }
      let bytes = damage(encoder.bytes, &values.random)
      var decoder = KeyDecoder(bytes[...])
      do throws(KeyDecoder.Malformed) {
        var again = KeyEncoder()
        for descending in descending { again.append(try decoder.next(descending: descending), descending: descending) }
        #expect(
          again.bytes == Array(bytes.prefix(decoder.consumed)), "seed \(seed): a key that no encoder writes was read")
        read += 1
      } catch {
        #expect((0...bytes.count).contains(error.offset), "seed \(seed)")
        refused += 1
      }
    }
    #expect(read > 500 && refused > 500, "both happen: \(read) read, \(refused) refused")
  }

  @Test func `every key of up to two bytes is an error or reads as values with that key`() {
    for length in 0...2 {
      for number in 0..<(1 << (8 * length)) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        for descending in [false, true] {
          var decoder = KeyDecoder(bytes[...])
          guard let value = try? decoder.next(descending: descending) else { continue }
          var encoder = KeyEncoder()
          encoder.append(value, descending: descending)
          #expect(encoder.bytes == Array(bytes.prefix(decoder.consumed)))
        }
      }
    }
  }

  @Test func `every row of up to three bytes is an error or can be read`() {
    let columns = RowFormatTests.columns([(.int, true), (.string, false)])
    for length in 0...3 {
      for number in 0..<(1 << (8 * length)) where length < 3 || number & 0xFF < 4 {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        guard let row = try? EncodedRow(bytes[...], columns: columns) else { continue }
        #expect(row.values.count == 2)
      }
    }
  }
}
