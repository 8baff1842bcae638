// SPDX-License-Identifier: Apache-2.0

/// Writes the parts of a key one after the other into memory that is as large as their lengths say; see ``KeyEncoder`` for the
/// format.
struct KeyWriter {
  private let memory: UnsafeMutableRawBufferPointer
  /// The number of bytes so far.
  private(set) var end: Int

  /// - Parameters:
  ///   - memory: As many bytes as are written; they need not be initialised.
  ///   - start: How many of them are written already.
  init(_ memory: UnsafeMutableRawBufferPointer, from start: Int = 0) {
    self.memory = memory
    end = start
  }

  /// Makes a key of as many bytes, which the closure writes.
  static func key(ofLength length: Int, _ body: (inout KeyWriter) -> Void) -> Key {
    Key(
      [UInt8](count: length) { memory in
        var writer = KeyWriter(memory)
        body(&writer)
      })
  }

  /// Appends a part.
  mutating func append(_ part: KeyPart, descending: Bool) {
    let start = end
    switch part {
    case .null: append(KeyTag.null)
    case .bool(let value): append(value ? KeyTag.true : KeyTag.false)
    case .int(let value): append(integer: value)
    case .double(let value):
      append(KeyTag.double)
      append(KeyTag.orderedBits(of: value), length: 8)
    case .date(let value):
      append(KeyTag.date)
      append(integer: value)
    case .uuid(let bytes):
      append(KeyTag.uuid)
      append(encoded: bytes)
    case .content(let tag, let bytes):
      append(tag)
      if KeyPart.mustEscape(bytes) { append(escaping: bytes) } else { append(encoded: bytes) }
      append(0)
    }
    if descending {
      for position in start..<end { memory[position] = ~memory[position] }
    }
  }

  /// Appends bytes that are encoded already, such as a primary key behind the columns of an index.
  mutating func append(encoded bytes: UnsafeRawBufferPointer) {
    UnsafeMutableRawBufferPointer(rebasing: memory[end..<end + bytes.count]).copyMemory(from: bytes)
    end += bytes.count
  }

  private mutating func append(_ byte: UInt8) {
    memory[end] = byte
    end += 1
  }

  private mutating func append(integer value: Int64) {
    let length = KeyPart.length(of: value)
    // -1 has the complement 0 and no bytes; a tag of its own below zero keeps the lengths apart.
    append(value < 0 ? KeyTag.zero - 1 - UInt8(length) : KeyTag.zero + UInt8(length))
    append(UInt64(bitPattern: value), length: length)
  }

  /// Appends the lowest bytes of a number, the greatest of them first.
  private mutating func append(_ number: UInt64, length: Int) {
    for byte in 0..<length {
      memory[end + byte] = UInt8(truncatingIfNeeded: number &>> UInt64(8 * (length - 1 - byte)))
    }
    end += length
  }

  private mutating func append(escaping content: UnsafeRawBufferPointer) {
    for byte in content {
      if KeyPart.mustEscape(byte) {
        append(KeyTag.escape)
        append(byte + 1)
      } else {
        append(byte)
      }
    }
  }
}
