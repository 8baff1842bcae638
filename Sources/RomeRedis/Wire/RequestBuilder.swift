// SPDX-License-Identifier: Apache-2.0

/// Writes commands in the protocol of Redis: each argument with its length, so no byte of a key or a value can become part
/// of a command.
struct RequestBuilder: Sendable {
  /// The bytes of the commands so far.
  private(set) var bytes: [UInt8] = []
  /// How many commands there are.
  private(set) var commandCount = 0

  init() {}

  /// Begins a command; as many arguments must follow, its name included.
  mutating func begin(_ argumentCount: Int) {
    bytes.append(UInt8(ascii: "*"))
    bytes.append(decimal: argumentCount)
    bytes.append(crlf: ())
    commandCount += 1
  }

  /// Appends an argument.
  mutating func append(_ argument: some Collection<UInt8>) {
    bytes.append(bulk: argument)
  }

  /// Appends an argument.
  mutating func append(_ argument: String) {
    bytes.append(bulk: argument.utf8)
  }

  /// Appends an argument.
  mutating func append(_ number: Int) {
    bytes.append(bulk: number)
  }

  /// Appends a command of texts.
  mutating func command(_ arguments: String...) {
    begin(arguments.count)
    for argument in arguments { append(argument) }
  }

  /// Appends a call of a script.
  mutating func script(_ hash: String, keys: ArgumentList, arguments: ArgumentList) {
    begin(3 + keys.count + arguments.count)
    append("EVALSHA")
    append(hash)
    append(keys.count)
    bytes.append(contentsOf: keys.bytes)
    bytes.append(contentsOf: arguments.bytes)
  }
}

/// Arguments of a command whose number is known when they are all there.
struct ArgumentList: Sendable {
  fileprivate(set) var bytes: [UInt8] = []
  private(set) var count = 0

  mutating func append(_ argument: some Collection<UInt8>) {
    bytes.append(bulk: argument)
    count += 1
  }

  mutating func append(_ argument: String) {
    bytes.append(bulk: argument.utf8)
    count += 1
  }

  mutating func append(_ number: Int) {
    bytes.append(bulk: number)
    count += 1
  }

  /// Appends an argument of two parts.
  mutating func append(_ first: UInt8, _ rest: [UInt8]) {
    bytes.append(bulkHeader: rest.count + 1)
    bytes.append(first)
    bytes.append(contentsOf: rest)
    bytes.append(crlf: ())
    count += 1
  }

  /// Appends all arguments of another list.
  mutating func append(contentsOf other: ArgumentList) {
    bytes.append(contentsOf: other.bytes)
    count += other.count
  }
}

extension [UInt8] {
  @inline(__always)
  fileprivate mutating func append(crlf: Void) {
    append(13)
    append(10)
  }

  fileprivate mutating func append(bulkHeader count: Int) {
    append(UInt8(ascii: "$"))
    append(decimal: count)
    append(crlf: ())
  }

  fileprivate mutating func append(bulk argument: some Collection<UInt8>) {
    append(bulkHeader: argument.count)
    append(contentsOf: argument)
    append(crlf: ())
  }

  fileprivate mutating func append(bulk number: Int) {
    var digits: [UInt8] = []
    digits.append(decimal: number)
    append(bulk: digits)
  }

  /// Appends a number in decimal digits.
  mutating func append(decimal number: Int) {
    if number >= 0, number < 10 { return append(UInt8(ascii: "0") + UInt8(number)) }
    append(contentsOf: String(number).utf8)
  }

  /// Appends a number as 8 bytes, the greatest first.
  mutating func append(bigEndian number: UInt64) {
    for shift in stride(from: 56, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
  }
}

extension UInt64 {
  /// The number of 8 bytes, the greatest first.
  init(bigEndian bytes: ArraySlice<UInt8>) {
    self = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
