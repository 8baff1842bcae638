// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Hands out allocated primary keys from blocks that were reserved in the store.
///
/// Blocks grow with use, from 16 to 1,024 ids. What is left of a block when the process ends is never used: ids are
/// unique and growing within a process, not without gaps.
final class IDAllocator: Sendable {
  private struct Block {
    var next: Int64 = 1
    var end: Int64 = 1
    var size = 16

    var count: Int { Int(end - next) }
  }

  private let blocks = Mutex<[String: Block]>([:])

  /// Takes ids of a table.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - table: The table, whose name is that of the sequence in the store.
  ///   - store: The store of the catalog; asked in at most one round trip, and not at all while the block lasts.
  func take(_ count: Int, of table: String, in store: any Store) async throws(RomeError) -> [Int64] {
    var taken = takeReserved(count, of: table)
    if taken.count == count { return taken }
    let size = blocks.withLock { blocks in
      let size = blocks[table]?.size ?? Block().size
      blocks[table, default: Block()].size = min(size * 2, 1024)
      return size
    }
    let wanted = count - taken.count
    let reserved = try await romeError { () async throws(StoreError) in
      try await store.reserveIDs(table, count: wanted + size)
    }
    let split = min(reserved.upperBound, reserved.lowerBound + Int64(wanted) - 1)
    taken += reserved.lowerBound...split
    blocks.withLock { blocks in
      // Another task may have brought a block too. The one that comes later is dropped, so that ids keep growing.
      guard var block = blocks[table], block.next >= block.end, split < reserved.upperBound else { return }
      block.next = split + 1
      // The greatest id of all is left out: there is no number behind it.
      block.end = reserved.upperBound == .max ? .max : reserved.upperBound + 1
      blocks[table] = block
    }
    return taken
  }

  private func takeReserved(_ count: Int, of table: String) -> [Int64] {
    blocks.withLock { blocks in
      guard var block = blocks[table] else { return [] }
      let taken = min(count, block.count)
      let ids = Array(block.next..<block.next + Int64(taken))
      block.next += Int64(taken)
      blocks[table] = block
      return ids
    }
  }

  /// Notes that an id was given by the user, so that it and smaller ones are not handed out any more.
  func skip(past id: Int64, of table: String) {
    blocks.withLock { blocks in
      guard var block = blocks[table], id >= block.next else { return }
      block.next = id >= block.end ? block.end : id + 1
      blocks[table] = block
    }
  }
}
