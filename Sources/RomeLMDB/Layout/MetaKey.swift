// SPDX-License-Identifier: Apache-2.0

import Rome

/// The keys of what the store keeps beside rows and entries.
enum MetaKey {
  /// The format of the file.
  static let format: [UInt8] = Array("format".utf8)
  /// The format that this version writes.
  static let currentFormat: [UInt8] = Array("rome 2".utf8)
  /// The formats that this version reads. The first one has no counts of spaces; the first commit counts them.
  static let knownFormats: [[UInt8]] = [Array("rome 1".utf8), currentFormat]
  /// The revision of the last commit, and behind it the ``countsMark``.
  static let revision: [UInt8] = Array("revision".utf8)
  /// Says that the counts of the spaces are those of this revision. Builds that know only the first format write the revision
  /// without it.
  static let countsMark: UInt8 = 1
  /// What the counts of the spaces begin with. They lie beside the revision, on a page that each commit writes anyway.
  static let sizes: [UInt8] = Array("size".utf8)
  /// The last token of a lease.
  static let token: [UInt8] = Array("token".utf8)
  /// The number of the last space.
  static let lastSpace: [UInt8] = Array("space".utf8)
  /// How many commits are remembered.
  static let commitCount: [UInt8] = Array("commits".utf8)
  /// Whether commits were forgotten.
  static let hasForgotten: [UInt8] = Array("forgotten".utf8)
  /// The start of the machine that the leases are of.
  static let boot: [UInt8] = Array("boot".utf8)

  /// How many rows or entries a space has.
  static func size(_ space: UInt32) -> [UInt8] {
    var key = sizes
    withUnsafeBytes(of: space.bigEndian) { key.append(contentsOf: $0) }
    return key
  }

  // The following begin with an upper-case letter, so that they don't meet those above.

  /// The number of a space.
  static func space(_ space: KeySpace) throws(StoreError) -> [UInt8] {
    let kind = UInt8(ascii: space.index == nil ? "T" : "I")
    // The zero byte tells "a/b" as a table from the index "b" of "a"; a name that holds one is told by the length.
    let length = UInt16(clamping: space.table.utf8.count)
    let name = Array(space.table.utf8) + Array((space.index ?? "").utf8)
    return try fitting([kind, UInt8(length >> 8), UInt8(length & 0xFF)] + name)
  }

  /// The last number of a sequence.
  static func sequence(_ name: String) throws(StoreError) -> [UInt8] { try fitting([UInt8(ascii: "S")] + name.utf8) }
  /// A lock.
  static func lock(_ name: String) throws(StoreError) -> [UInt8] { try fitting([UInt8(ascii: "L")] + name.utf8) }
  /// Where the locks begin.
  static let locks: [UInt8] = [UInt8(ascii: "L")]
  /// The revision of a commit.
  static func commit(_ id: CommitID) -> [UInt8] { [UInt8(ascii: "C")] + id.bytes }
  /// The commit of a revision.
  static func commit(of revision: UInt64) -> [UInt8] { [UInt8(ascii: "R")] + revision.bytes }
  /// A commit that must not be applied any more.
  static func refused(_ id: CommitID) -> [UInt8] { [UInt8(ascii: "X")] + id.bytes }

  private static func fitting(_ key: [UInt8]) throws(StoreError) -> [UInt8] {
    guard key.count <= EntryLayout.maximumKey else {
      throw StoreError(.limitExceeded, "a name is longer than the store takes")
    }
    return key
  }
}

/// The name of a space as a key of a dictionary. Strings are equal when they read the same; names are what their bytes are, or the
/// same name could lead to one space before a restart and to another one after it.
struct SpaceName: Hashable {
  private let space: KeySpace

  init(_ space: KeySpace) { self.space = space }

  static func == (left: SpaceName, right: SpaceName) -> Bool {
    (left.space.index == nil) == (right.space.index == nil) && haveEqualBytes(left.space.table, right.space.table)
      && haveEqualBytes(left.space.index ?? "", right.space.index ?? "")
  }

  private static func haveEqualBytes(_ left: String, _ right: String) -> Bool {
    var (left, right) = (left, right)
    return left.withUTF8 { left in
      right.withUTF8 { compareBytes(UnsafeRawBufferPointer(left), UnsafeRawBufferPointer($0)) == 0 }
    }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(space) }
}

extension CommitID {
  /// The id as 16 bytes.
  var bytes: [UInt8] { high.bytes + low.bytes }
}

extension UInt64 {
  /// The number in 8 bytes, the most significant first.
  var bytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }

  /// The number in 8 bytes; nil when there are not as many.
  init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 8 else { return nil }
    self = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
  }

  /// The number in 8 bytes; nil when there are not as many.
  init?(bytes: [UInt8]) {
    guard let number = bytes.withUnsafeBytes({ UInt64(bytes: $0) }) else { return nil }
    self = number
  }
}
