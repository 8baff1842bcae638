// SPDX-License-Identifier: Apache-2.0

extension [UInt8] {
  /// The most bytes that are written to the stack first.
  private static var few: Int { 1024 }

  /// Makes an array of bytes that the closure writes.
  ///
  /// `init(unsafeUninitializedCapacity:)` asks the runtime for the type of its storage, by a search that costs as much as three
  /// allocations. Few bytes are written to the stack and copied instead.
  ///
  /// - Parameters:
  ///   - count: How many bytes.
  ///   - body: Writes all of the bytes; they are not initialised.
  init(count: Int, written body: (UnsafeMutableRawBufferPointer) -> Void) {
    guard count <= Self.few else {
      self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
        body(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
        initialized = count
      }
      return
    }
    self.init()
    reserveCapacity(count)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { buffer in
      body(UnsafeMutableRawBufferPointer(buffer))
      append(contentsOf: UnsafeBufferPointer(buffer))
    }
  }
}
