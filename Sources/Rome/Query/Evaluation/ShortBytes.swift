// SPDX-License-Identifier: Apache-2.0

/// At most 16 bytes as two words: those of 8 and more at the begin and at the end, which overlap; of less bytes the words are
/// shorter. Two are equal when their bytes are.
struct ShortBytes: Equatable {
  /// The most bytes.
  static let maximum = 16

  let count: Int
  private let head: UInt64
  private let tail: UInt64

  /// The words of the bytes. Of more than ``maximum`` bytes those in the middle are left out.
  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer) {
    count = bytes.count
    switch count {
    case 8...:
      head = bytes.loadUnaligned(as: UInt64.self)
      tail = bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    case 4...:
      head = UInt64(bytes.loadUnaligned(as: UInt32.self))
      tail = UInt64(bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
    case 1...:
      head = UInt64(bytes[0]) | UInt64(bytes[count &>> 1]) &<< 8
      tail = UInt64(bytes[count &- 1])
    default: (head, tail) = (0, 0)
    }
  }
}
