// SPDX-License-Identifier: Apache-2.0

import JSONService
import RomeNova
import Testing

@testable import NovaDatabaseKit

@Suite struct WireValueTests {
  private func value(_ json: JSONValue) throws -> WireValue { try WireValue(json) }

  @Test func `Plain JSON is itself`() throws {
    #expect(
      try value(["a": [1, 2.5, true, nil, "x"]])
        == .object(["a": .list([.int(1), .double(2.5), .bool(true), .null, .string("x")])]))
  }

  @Test func `A point in time has microseconds, and a length of time seconds`() throws {
    #expect(try value(["$datetime": "1970-01-01T00:00:01.000002"]) == .time(1_000_002))
    #expect(try value(["$datetime": "1970-01-01T00:00:01.000002+00:00"]) == .time(1_000_002))
    #expect(try value(["$date": "1970-01-02"]) == .time(86_400_000_000))
    #expect(try value(["$timedelta": 86400]) == .duration(86400))
    #expect(try value(["$timedelta": 0.5]) == .duration(0.5))
  }

  @Test func `Tuples and sets are lists; UUIDs, addresses and bytes are texts`() throws {
    #expect(try value(["$tuple": [1, ["$uuid": "u"]]]) == .list([.int(1), .string("u")]))
    #expect(try value(["$set": ["a"]]) == .list([.string("a")]))
    #expect(try value(["$ip": "10.0.0.0/24"]) == .string("10.0.0.0/24"))
    #expect(try value(["$bytes": "YQ=="]) == .string("YQ=="))
  }

  @Test func `A dictionary with other keys can stand for an object`() throws {
    let pairs = try value(["$dict": [[1, "a"], ["b", nil]]])
    #expect(pairs == .pairs([.init(key: .int(1), value: .string("a")), .init(key: .string("b"), value: .null)]))
    #expect(pairs.members == ["1": .string("a"), "b": .null])
  }

  @Test func `A row, conditions and resources have their members`() throws {
    #expect(try value(["$model": "Service", "fields": ["id": 1]]) == .row("Service", ["id": .int(1)]))
    #expect(try value(["$model": "Service", "fields": ["id": 1]]).members == ["id": .int(1)])
    #expect(
      try value(["$constraint": ["host": ["$equal_any": ["a", "b"]]]])
        == .constraint(["host": .equalAny([.string("a"), .string("b")])]))
    #expect(try value(["$not_equal": [nil]]) == .notEqual([.null]))
    #expect(try value(["$resource": ["name": "cores"]]) == .resource(["name": .string("cores")]))
  }

  @Test(
    arguments: [
      ["$other": 1], ["$datetime": "soon"], ["$datetime": 5], ["$dict": [[1]]], ["a": ["$set": 1]], ["$tuple": nil],
    ] as [JSONValue])
  func `A spelling that there is not is refused`(_ json: JSONValue) {
    #expect { try value(json) } throws: { ($0 as? NovaError)?.code == .valueError }
  }

  @Test func `Texts, numbers and truth values become each other as in a database`() {
    #expect(WireValue.int(5).text == "5" && WireValue.bool(true).text == "1" && WireValue.double(0.5).text == "0.5")
    #expect(
      WireValue.string("-7").integer == -7 && WireValue.bool(true).integer == 1 && WireValue.double(3).integer == 3)
    #expect(WireValue.string("7a").integer == nil && WireValue.double(0.5).integer == nil && WireValue.null.text == nil)
    #expect(WireValue.list([]).text == nil && WireValue.time(0).integer == nil)
  }

  @Test func `What Python takes for false is false`() {
    let no: [WireValue] = [.null, .bool(false), .int(0), .double(0), .string(""), .list([]), .object([:]), .pairs([])]
    #expect(no.allSatisfy { !$0.isTrue })
    let yes: [WireValue] = [.bool(true), .int(-1), .string("0"), .list([.null]), .object(["a": .null]), .time(0)]
    #expect(yes.allSatisfy { $0.isTrue })
  }
}
