// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import Testing

@Suite struct IPAddressTests {
  /// The recommendations of RFC 5952: leading zeros, the longest run of zeros, the first of equal runs, no `::` for one
  /// group, lower case.
  @Test(arguments: [
    ("2001:0db8::0001", "2001:db8::1"), ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:DB8::ABCD", "2001:db8::abcd"),
    ("0:0:0:0:0:0:0:0", "::"), ("0:0:0:0:0:0:0:1", "::1"), ("1:0:0:0:0:0:0:0", "1::"), ("::", "::"),
    ("fe80:0000:0000:0000:0204:61ff:fe9d:f156", "fe80::204:61ff:fe9d:f156"),
    ("::ffff:192.0.2.1", "::ffff:c000:201"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ("1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
    ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
  ])
  func anAddressHasOneCanonicalText(text: String, canonical: String) throws {
    let address = try #require(IPAddress(text))
    #expect(address.description == canonical)
    #expect(IPAddress(canonical) == address)
  }

  @Test(arguments: [
    "", " ", "1", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.04", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4 ",
    "-1.2.3.4", "+1.2.3.4", "1.2.3.a", "١.2.3.4", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3",
    "12345::", "g::", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:192.0.2.1", "192.0.2.1::",
    "::192.0.2.256", ":1::2", "1::2:", "fe80::1%eth0", "[::1]", "+1::", "::-1", "1.2.3.4/24",
  ])
  func anythingElseIsNoAddress(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func anAddressHas4Or16Bytes() {
    for count in 0...20 {
      let address = IPAddress(bytes: [UInt8](repeating: 1, count: count))
      #expect((address != nil) == (count == 4 || count == 16))
      #expect(address?.isIPv6 == (count == 16) || address == nil)
    }
  }

  @Test func addressesAreOrderedByNumber() throws {
    let texts = [
      "0.0.0.0", "9.255.255.255", "10.0.0.0", "10.0.0.10", "192.0.2.1", "::", "::1", "2001:db8::", "ff02::1",
    ]
    let addresses = try texts.map { try #require(IPAddress($0)) }
    #expect(addresses.shuffled().sorted() == addresses)
    let stored = addresses.map { address -> [UInt8] in
      if case .bytes(let bytes) = address.value { bytes } else { [] }
    }
    for (left, right) in zip(stored, stored.dropFirst()) { #expect(left.lexicographicallyPrecedes(right)) }
  }

  @Test func addressesSurviveTheStoreAndJSON() throws {
    for text in ["192.0.2.1", "::", "2001:db8::1"] {
      let address = try #require(IPAddress(text))
      #expect(IPAddress(value: address.value) == address)
      #expect(try JSONDecoder().decode([IPAddress].self, from: JSONEncoder().encode([address])) == [address])
    }
  }

  @Test(arguments: [
    Value.null, .string("192.0.2.1"), .bytes([]), .bytes([4]), .bytes([4, 1, 2, 3]), .bytes([6, 1, 2, 3, 4]),
    .bytes([4, 1, 2, 3, 4, 5]), .bytes([5, 1, 2, 3, 4]), .bytes([UInt8](repeating: 4, count: 17)),
  ])
  func otherStoredValuesAreNoAddress(value: Value) {
    #expect(IPAddress(value: value) == nil)
  }

  @Test func otherJSONIsADecodingError() {
    for text in ["[\"nowhere\"]", "[3]", "[null]"] {
      #expect(throws: DecodingError.self) { try JSONDecoder().decode([IPAddress].self, from: Data(text.utf8)) }
      #expect(throws: DecodingError.self) { try JSONDecoder().decode([IPNetwork].self, from: Data(text.utf8)) }
    }
  }
}

@Suite struct IPNetworkTests {
  @Test(arguments: [
    ("192.0.2.0/24", "192.0.2.0/24"), ("192.0.2.1", "192.0.2.1/32"), ("2001:DB8::/32", "2001:db8::/32"),
    ("::1", "::1/128"), ("0.0.0.0/0", "0.0.0.0/0"), ("192.0.2.77/24", "192.0.2.77/24"),
  ])
  func aNetworkHasOneCanonicalText(text: String, canonical: String) throws {
    let network = try #require(IPNetwork(text))
    #expect(network.description == canonical)
    #expect(IPNetwork(canonical) == network)
    #expect(IPNetwork(value: network.value) == network)
    #expect(try JSONDecoder().decode([IPNetwork].self, from: JSONEncoder().encode([network])) == [network])
  }

  @Test(arguments: [
    "", "/", "192.0.2.0/", "/24", "192.0.2.0/33", "192.0.2.0/-1", "::/129", "192.0.2.0/24/8", "192.0.2.0/ 24",
    "192.0.2.0/a", "192.0.2/24",
  ])
  func anythingElseIsNoNetwork(text: String) {
    #expect(IPNetwork(text) == nil)
  }

  @Test(arguments: [
    ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false), ("192.0.2.77/24", "192.0.2.1", true),
    ("10.0.0.0/9", "10.127.255.255", true), ("10.0.0.0/9", "10.128.0.0", false), ("0.0.0.0/0", "255.1.2.3", true),
    ("192.0.2.1/32", "192.0.2.1", true), ("192.0.2.1/32", "192.0.2.0", false), ("0.0.0.0/0", "::", false),
    ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::", false), ("::/0", "ff02::1", true),
  ])
  func aNetworkContainsTheAddressesWithItsPrefix(network: String, address: String, isContained: Bool) throws {
    #expect(try #require(IPNetwork(network)).contains(try #require(IPAddress(address))) == isContained)
  }

  @Test(arguments: [
    Value.null, .bytes([]), .bytes([4, 1, 2, 3, 4]), .bytes([4, 1, 2, 3, 4, 33]), .string("192.0.2.0/24"),
    .bytes([6, 1, 2, 3, 4, 8]),
  ])
  func otherStoredValuesAreNoNetwork(value: Value) {
    #expect(IPNetwork(value: value) == nil)
  }
}
