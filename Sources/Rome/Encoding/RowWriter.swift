// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Writes the columns of a row one after the other into memory that is as large as the row.
struct RowWriter {
  private let memory: UnsafeMutableRawBufferPointer
  private let offsets: Int
  private let dataOffset: Int
  private let isWide: Bool
  private var position = 0
  /// The number of bytes so far, all parts of the row together.
  private(set) var end: Int

  /// Writes the begin of a row.
  ///
  /// - Parameters:
  ///   - memory: As many bytes as the row takes; they need not be initialised.
  ///   - count: The number of columns, all of which must be appended.
  ///   - dataOffset: Where the data of the columns begin.
  ///   - isWide: Whether the offsets take 4 bytes.
  init(_ memory: UnsafeMutableRawBufferPointer, _ count: Int, dataOffset: Int, isWide: Bool) {
    self.memory = memory
    self.dataOffset = dataOffset
    self.isWide = isWide
    offsets = RowFormat.headerLength + (count + 7) / 8
    end = dataOffset
    memory[0] = isWide ? RowFormat.wide : RowFormat.narrow
    memory[1] = UInt8(truncatingIfNeeded: count)
    memory[2] = UInt8(truncatingIfNeeded: count >> 8)
    for byte in RowFormat.headerLength..<offsets { memory[byte] = 0 }
  }

  /// Appends a column. Inlined, so that a value is not copied to be looked at.
  @inline(__always)
  mutating func append(_ value: Value) {
    switch value {
    case .null: return appendNull()
    case .bool(let value):
      if value {
        memory[end] = 1
        end += 1
      }
    case .int(let value), .date(let value):
      let length = RowFormat.length(of: value)
      for byte in 0..<length { memory[end + byte] = UInt8(truncatingIfNeeded: value &>> Int64(8 * byte)) }
      end += length
    case .double(let value): withUnsafeBytes(of: value.bitPattern.littleEndian) { copy($0) }
    case .string(var value):
      // A native string lends its bytes as it is; to make one native it must be a variable, which is a copy.
      let isCopied: Void? = value.utf8.withContiguousStorageIfAvailable { copy(UnsafeRawBufferPointer($0)) }
      if isCopied == nil { value.withUTF8 { copy(UnsafeRawBufferPointer($0)) } }
    case .bytes(let value), .json(let value): value.withUnsafeBytes { copy($0) }
    case .uuid(let value): withUnsafeBytes(of: value.uuid) { copy($0) }
    }
    endColumn(at: end)
  }

  /// Appends NULL.
  private mutating func appendNull() {
    markNull()
    endColumn(at: end)
  }

  /// Appends columns that are encoded already and lie one behind the other.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of all of them.
  ///   - columnCount: How many they are.
  ///   - column: Tells where the column with this number ends in the bytes, and whether it is NULL.
  @inline(__always)
  mutating func append(_ bytes: UnsafeRawBufferPointer, columnCount: Int, _ column: (Int) -> (end: Int, isNull: Bool)) {
    for number in 0..<columnCount {
      let (columnEnd, isNull) = column(number)
      if isNull { markNull() }
      endColumn(at: end + columnEnd)
    }
    copy(bytes)
  }

  private func markNull() {
    memory[RowFormat.headerLength + position >> 3] |= 1 << UInt8(position & 7)
  }

  private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
    UnsafeMutableRawBufferPointer(rebasing: memory[end..<end + bytes.count]).copyMemory(from: bytes)
    end += bytes.count
  }

  private mutating func endColumn(at end: Int) {
    let length = end - dataOffset
    if isWide {
      memory.storeBytes(of: UInt32(length).littleEndian, toByteOffset: offsets + position * 4, as: UInt32.self)
    } else {
      memory.storeBytes(of: UInt16(length).littleEndian, toByteOffset: offsets + position * 2, as: UInt16.self)
    }
    position += 1
  }
}
