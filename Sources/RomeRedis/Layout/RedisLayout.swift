// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// The keys of a store on its server.
///
/// All begin with a hash tag that names the namespace and the partition, `{rome:0}`, so that they are one slot of a Redis
/// Cluster, and other partitions can be added beside them:
///
/// | key | type | holds |
/// |--|--|--|
/// | `rows:TABLE` | hash | primary key → version (8 bytes), row |
/// | `keys:TABLE` | sorted set, scores 0 | the primary keys, for ordered scans |
/// | `index:TABLE:INDEX` | sorted set, scores 0 | the entries, see ``EntryMember`` |
/// | `meta` | hash | the newest revision, the format, up to where commits are forgotten |
/// | `commits` | sorted set | ids of commits by their revision; refused ones by the negative time |
/// | `sequences` | hash | name → the last number that was handed out |
/// | `leases` | hash | lock → token, end, claimant |
/// | `queue:LOCK` | hash | claimants that wait |
struct RedisLayout: Sendable {
  /// What all keys begin with.
  let prefix: [UInt8]

  let meta: [UInt8]
  let commits: [UInt8]
  let sequences: [UInt8]
  let leases: [UInt8]

  /// The layout of a namespace.
  init(namespace: String) {
    prefix = Array("{\(namespace):0}:".utf8)
    meta = prefix + "meta".utf8
    commits = prefix + "commits".utf8
    sequences = prefix + "sequences".utf8
    leases = prefix + "leases".utf8
  }

  /// The version of the layout, kept in the store.
  static let format = "1"
  /// The bytes in front of a row in its hash: its version.
  static let versionLength = 8

  /// The hash of the rows of a table.
  func rows(_ table: String) -> [UInt8] {
    key("rows:", table)
  }

  /// The sorted set of a key space.
  func entries(_ space: KeySpace) -> [UInt8] {
    guard let index = space.index else { return key("keys:", space.table) }
    var result = key("index:", space.table)
    result.append(UInt8(ascii: ":"))
    Self.append(index, to: &result)
    return result
  }

  /// The hash of those who wait for a lock.
  func queue(_ lock: String) -> [UInt8] {
    key("queue:", lock)
  }

  private func key(_ kind: StaticString, _ name: String) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(prefix.count + kind.utf8CodeUnitCount + name.utf8.count + 16)
    result.append(contentsOf: prefix)
    result.append(contentsOf: UnsafeBufferPointer(start: kind.utf8Start, count: kind.utf8CodeUnitCount))
    Self.append(name, to: &result)
    return result
  }

  /// Appends a name; what could be mistaken for the separator is percent-encoded.
  private static func append(_ name: String, to bytes: inout [UInt8]) {
    let isAppended = name.utf8.withContiguousStorageIfAvailable { name in
      guard name.allSatisfy({ !isEncoded($0) }) else { return false }
      bytes.append(contentsOf: name)
      return true
    }
    if isAppended == true { return }
    for byte in name.utf8 {
      if isEncoded(byte) {
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        bytes.append(byte)
      }
    }
  }

  private static func isEncoded(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ":"), UInt8(ascii: "%"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
    default: byte <= 0x20 || byte >= 0x7F
    }
  }
}
