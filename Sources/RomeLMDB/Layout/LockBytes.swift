// SPDX-License-Identifier: Apache-2.0

import Rome

/// A lock in bytes: the lease (claimant, token, end) or zeros, then the places of the queue (claimant, end).
enum LockBytes {
  private static let leaseLength = 32
  private static let placeLength = 24

  static func encode(_ lock: LockRecord<BootInstant>) -> [UInt8] {
    var bytes: [UInt8] = []
    if let lease = lock.lease {
      bytes += lease.claimant.high.bytes + lease.claimant.low.bytes + lease.token.rawValue.bytes
      bytes += UInt64(bitPattern: lease.end.nanoseconds).bytes
    } else {
      bytes += [UInt8](repeating: 0, count: leaseLength)
    }
    for place in lock.queue {
      bytes += place.claimant.high.bytes + place.claimant.low.bytes
      bytes += UInt64(bitPattern: place.end.nanoseconds).bytes
    }
    return bytes
  }

  static func decode(_ bytes: UnsafeRawBufferPointer) throws(StoreError) -> LockRecord<BootInstant> {
    guard bytes.count >= leaseLength, (bytes.count - leaseLength) % placeLength == 0 else {
      throw StoreError(.corrupt, "a lock can't be read")
    }
    func number(_ offset: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    func end(_ offset: Int) throws(StoreError) -> BootInstant {
      // A negative one is damage, and its distance from now could not be told.
      guard let nanoseconds = Int64(exactly: number(offset)) else { throw StoreError(.corrupt, "a lock can't be read") }
      return BootInstant(nanoseconds: nanoseconds)
    }
    func claimant(_ offset: Int) -> LeaseClaimant { LeaseClaimant(high: number(offset), low: number(offset + 8)) }
    var lock = LockRecord<BootInstant>()
    // Tokens begin at 1.
    if number(16) != 0 {
      lock.lease = .init(claimant: claimant(0), token: FencingToken(rawValue: number(16)), end: try end(24))
    }
    for offset in stride(from: leaseLength, to: bytes.count, by: placeLength) {
      lock.queue.append(.init(claimant: claimant(offset), end: try end(offset + 16)))
    }
    return lock
  }
}
