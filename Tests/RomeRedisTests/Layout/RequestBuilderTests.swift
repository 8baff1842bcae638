// SPDX-License-Identifier: Apache-2.0

import Rome
import Testing

@testable import RomeRedis

@Suite(.timeLimit(.minutes(2))) struct RequestBuilderTests {
  @Test func `commands are arrays of texts with their lengths`() {
    var request = RequestBuilder()
    request.command("GET", "a\r\nb")
    request.begin(4)
    request.append("HSET")
    request.append([0, 13, 10, 255])
    request.append(-12)
    request.append(0)
    #expect(request.commandCount == 2)
    let expected =
      Array("*2\r\n$3\r\nGET\r\n$4\r\na\r\nb\r\n*4\r\n$4\r\nHSET\r\n$4\r\n".utf8) + [0, 13, 10, 255]
      + Array("\r\n$3\r\n-12\r\n$1\r\n0\r\n".utf8)
    #expect(request.bytes == expected)
  }

  @Test func `a call of a script counts its keys and arguments`() {
    var keys = ArgumentList()
    keys.append("k1")
    keys.append([1, 2])
    var arguments = ArgumentList()
    arguments.append(10)
    arguments.append(count: 3) { $0 += [7, 8, 9] }
    var more = ArgumentList()
    more.append("ä")
    arguments.append(contentsOf: more)
    #expect(arguments.count == 3)
    var request = RequestBuilder()
    request.script("abc", keys: keys, arguments: arguments)
    let expected =
      Array("*8\r\n$7\r\nEVALSHA\r\n$3\r\nabc\r\n$1\r\n2\r\n$2\r\nk1\r\n$2\r\n".utf8) + [1, 2]
      + Array("\r\n$2\r\n10\r\n$3\r\n".utf8) + [7, 8, 9] + Array("\r\n$2\r\nä\r\n".utf8)
    #expect(request.bytes == expected)
  }

  @Test func `numbers are written with all their digits and bytes`() {
    for number in [0, 9, 10, -1, .max, .min] {
      var bytes: [UInt8] = []
      bytes.append(decimal: number)
      #expect(bytes == Array(String(number).utf8))
    }
    for number: UInt64 in [0, 1, 255, 256, .max, 0x0102_0304_0506_0708] {
      var bytes: [UInt8] = []
      bytes.append(bigEndian: number)
      #expect(bytes.count == 8)
      #expect(UInt64(bigEndian: bytes[...]) == number)
    }
  }

  @Test func `keys of different names are different, whatever is in the names`() {
    let layout = RedisLayout(namespace: "shop")
    let names = ["a", "a:b", "a%3Ab", "b", "{a}", "a b", "ä", "", "%", ":"]
    var keys: Set<[UInt8]> = [layout.meta, layout.commits, layout.sequences, layout.leases]
    var count = keys.count
    for name in names {
      keys.insert(layout.rows(name))
      keys.insert(layout.entries(.rows(name)))
      keys.insert(layout.queue(name))
      count += 3
      for index in names {
        keys.insert(layout.entries(.index(index, of: name)))
        count += 1
      }
    }
    #expect(keys.count == count)
    for key in keys {
      #expect(key.starts(with: Array("{shop:0}:".utf8)))
      #expect(key.count { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") } == 2, "one hash tag")
    }
  }
}
