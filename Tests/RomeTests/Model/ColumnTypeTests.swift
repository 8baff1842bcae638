// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import Testing

private enum Level: Int8, ColumnValue {
  case low = -1
  case high = 1
}

@Suite struct ColumnTypeTests {
  private func survives<T: ColumnValue & Equatable>(_ values: T...) -> Bool {
    values.allSatisfy { value in
      (value.value.isNull ? T.isNullable : value.value.type == T.columnType) && T(value: value.value) == value
    }
  }

  @Test func valuesSurviveTheirStoredForm() {
    #expect(survives(true, false))
    #expect(survives(Int.min, 0, Int.max) && survives(Int64.min, .max))
    #expect(survives(Int8.min, .max) && survives(Int16.min, .max) && survives(Int32.min, .max))
    #expect(survives(UInt8.min, .max) && survives(UInt16.min, .max) && survives(UInt32.min, .max))
    #expect(survives(0.1, -.infinity, .greatestFiniteMagnitude) && survives(Float(0.1), .infinity))
    #expect(survives("", "ä", "a\u{0}b") && survives([UInt8](), [0, 255]) && survives(Data(), Data([0, 255])))
    #expect(survives(Date(timeIntervalSince1970: 0.000_001), Date(timeIntervalSince1970: -1_000_000.5)))
    #expect(survives(UUID()) && survives(Level.low, .high) && survives(Level?.none, .high))
    #expect(
      survives(Int?.none, 3) && survives(String?.none, "") && survives(JSON([1, 2])) && survives(JSON<[Int]>?.none))
  }

  @Test func aNumberThatDoesNotFitIsNoValue() {
    #expect(Int8(value: .int(128)) == nil && UInt8(value: .int(-1)) == nil && UInt32(value: .int(1 << 32)) == nil)
    #expect(Int8?(value: .int(128)) == nil)
    #expect(Level(value: .int(0)) == nil && Level(value: .int(1 << 40)) == nil)
  }

  @Test func aValueOfAnotherTypeIsNoValue() {
    let values: [Value] = [
      .null, .bool(true), .int(1), .double(1), .string("1"), .bytes([1]), .date(1), .uuid(UUID()),
      .json(Array("1".utf8)),
    ]
    for value in values {
      #expect((Bool(value: value) != nil) == (value.type == .bool))
      #expect((Int(value: value) != nil) == (value.type == .int))
      #expect((Double(value: value) != nil) == (value.type == .double))
      #expect((Float(value: value) != nil) == (value.type == .double))
      #expect((String(value: value) != nil) == (value.type == .string))
      #expect(([UInt8](value: value) != nil) == (value.type == .bytes))
      #expect((Data(value: value) != nil) == (value.type == .bytes))
      #expect((Date(value: value) != nil) == (value.type == .date))
      #expect((UUID(value: value) != nil) == (value.type == .uuid))
      #expect((JSON<Int>(value: value) != nil) == (value.type == .json))
      #expect((Level(value: value) != nil) == (value.type == .int))
    }
  }

  @Test func onlyTypesWhoseStoredValuesCanBeWrongSayThatDecodingCanFail() {
    #expect(!Bool.canFail && !Int.canFail && !Int64.canFail && !String.canFail && !Date.canFail && !UUID.canFail)
    #expect(Int32.canFail && UInt32.canFail && Level.canFail && JSON<Int>.canFail && IPAddress.canFail)
    #expect(!Int?.canFail && Int8?.canFail)
  }

  @Test func equalDocumentsHaveEqualBytes() {
    let first = JSON(["b": 1, "a": 2, "c/d": 3])
    #expect(first.value == .json(Array(#"{"a":2,"b":1,"c/d":3}"#.utf8)))
    #expect(first == ["c/d": 3, "a": 2, "b": 1])
    #expect(Set([first, ["c/d": 3, "a": 2, "b": 1]]).count == 1)
  }

  @Test func whatCannotEncodeItselfIsNull() {
    struct Stubborn: Codable {
      init() {}
      init(from decoder: any Decoder) throws {}
      func encode(to encoder: any Encoder) throws { throw CancellationError() }
    }
    #expect(JSON(Stubborn()).value == .null)
  }

  @Test func membersOfADocumentAreMembersOfTheColumn() {
    var list: JSON<[Int]> = [1, 2]
    #expect(list.count == 2)
    list.wrapped.append(3)
    #expect(list == [1, 2, 3])
  }
}
