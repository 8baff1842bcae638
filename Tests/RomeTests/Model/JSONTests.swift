// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Rome

@Suite struct JSONTests {
  private struct Reading: Codable, Sendable, Equatable {
    var time: Date
    var values: [Double]
  }

  @Test func nothingOfADateOrANumberIsLost() throws {
    let reading = Reading(
      time: Date(timeIntervalSince1970: 1_700_000_000.123_456), values: [1.5, .infinity, -.infinity, 0.1 + 0.2])
    let stored = JSON(reading).value
    #expect(!stored.isNull)
    #expect(try #require(JSON<Reading>(value: stored)).wrapped == reading)
    let nan = try #require(JSON<[Double]>(value: JSON([Double.nan]).value))
    #expect(nan.wrapped.first?.isNaN == true)
  }

  @Test func equalValuesHaveEqualDocuments() {
    #expect(JSON(["b": 1, "a": 2]).value == JSON(["a": 2, "b": 1]).value)
  }

  @Test func aDocumentOfAnotherShapeIsNoValue() {
    #expect(JSON<[Int]>(value: .json(Array("{}".utf8))) == nil)
    #expect(JSON<[Int]>(value: .json([0xFF])) == nil)
    #expect(JSON<[Int]>(value: .string("[1]")) == nil)
  }
}
