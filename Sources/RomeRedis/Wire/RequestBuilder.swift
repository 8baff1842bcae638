// SPDX-License-Identifier: Apache-2.0

/// Writes commands in the protocol of Redis: each argument with its length, so no byte of a key or a value can become part
/// of a command.
struct RequestBuilder: Sendable {
  /// The bytes of the commands so far.
  private(set) var bytes: [UInt8] = []
  /// How many commands there are.
  private(set) var commandCount = 0

  init() {}

  /// Makes room for so many bytes more.
  mutating func reserve(_ byteCount: Int) {
    bytes.reserveCapacity(bytes.count + byteCount)
  }

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
  ///
  /// - Parameters:
  ///   - hash: The name of the script.
  ///   - keys: The keys.
  ///   - arguments: The first of the arguments.
  ///   - rest: The others.
  mutating func script(
    _ hash: String, keys: ArgumentList, arguments: ArgumentList, _ rest: ArgumentList = ArgumentList()
  ) {
    // 80 are enough for what is around them.
    bytes.reserveCapacity(bytes.count + keys.bytes.count + arguments.bytes.count + rest.bytes.count + 80)
    begin(3 + keys.count + arguments.count + rest.count)
    append("EVALSHA")
    append(hash)
    append(keys.count)
    bytes.append(contentsOf: keys.bytes)
    bytes.append(contentsOf: arguments.bytes)
    bytes.append(contentsOf: rest.bytes)
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

  /// Makes room for arguments.
  mutating func reserve(_ byteCount: Int) {
    bytes.reserveCapacity(byteCount)
  }

  /// Appends a number as 8 bytes, the greatest first.
  mutating func append(bigEndian number: UInt64) {
    bytes.append(bulkHeader: 8)
    bytes.append(bigEndian: number)
    bytes.append(crlf: ())
    count += 1
  }

  /// Appends an argument of so many bytes, which the closure appends.
  mutating func append(count length: Int, _ body: (inout [UInt8]) -> Void) {
    bytes.append(bulkHeader: length)
    body(&bytes)
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
    if number >= 0, number < 1000 {
      append(bulkHeader: number < 10 ? 1 : number < 100 ? 2 : 3)
      append(decimal: number)
      append(crlf: ())
    } else {
      append(bulk: String(number).utf8)
    }
  }

  /// Appends a number in decimal digits.
  mutating func append(decimal number: Int) {
    guard number >= 0, number < 1000 else { return append(contentsOf: String(number).utf8) }
    let zero = UInt8(ascii: "0")
    if number >= 100 { append(zero + UInt8(number / 100)) }
    if number >= 10 { append(zero + UInt8(number / 10 % 10)) }
    append(zero + UInt8(number % 10))
  }

  /// Appends a number as 8 bytes, the greatest first.
  mutating func append(bigEndian number: UInt64) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }
}

extension UInt64 {
  /// The number of 8 bytes, the greatest first.
  init(bigEndian bytes: ArraySlice<UInt8>) {
    self = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
