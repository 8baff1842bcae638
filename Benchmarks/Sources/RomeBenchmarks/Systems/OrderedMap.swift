// SPDX-License-Identifier: Apache-2.0

/// A key of bytes, the first sixteen of which are kept where they are compared fast.
struct ByteKey: Comparable {
  private let first: UInt64
  private let second: UInt64
  private let rest: [UInt8]

  init(_ bytes: [UInt8]) {
    (first, second) = bytes.withUnsafeBytes { (Self.word($0, 0), Self.word($0, 8)) }
    rest = bytes.count > 16 ? Array(bytes[16...]) : []
  }

  static func < (one: ByteKey, other: ByteKey) -> Bool {
    if one.first != other.first { return one.first < other.first }
    if one.second != other.second { return one.second < other.second }
    return one.rest.lexicographicallyPrecedes(other.rest)
  }

  static func == (one: ByteKey, other: ByteKey) -> Bool {
    one.first == other.first && one.second == other.second && one.rest == other.rest
  }

  /// The last eight bytes of a longer key, or all of one of eight.
  var lastNumber: Int {
    guard !rest.isEmpty else { return Int(second == 0 ? first : second) }
    return rest.withUnsafeBytes {
      Int(UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: $0.count - 8, as: UInt64.self)))
    }
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt64 {
    if bytes.count >= start + 8 {
      return UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    }
    var word: UInt64 = 0
    for place in start..<start + 8 { word = word << 8 | (place < bytes.count ? UInt64(bytes[place]) : 0) }
    return word
  }
}

/// An ordered map of two levels: sorted arrays in a sorted array. Keys of eight bytes and of sixteen must not be mixed, since the
/// bytes that are missing are zeros.
struct OrderedMap {
  private struct Leaf {
    var keys: [ByteKey]
    var values: [[UInt8]]
  }

  private static let largest = 512
  private var leaves: [Leaf] = []
  /// The first key of each leaf.
  private var firsts: [ByteKey] = []
  private(set) var count = 0

  /// The value of a key.
  func value(_ key: ByteKey) -> [UInt8]? {
    guard let (leaf, place) = find(key), place < leaves[leaf].keys.count, leaves[leaf].keys[place] == key else {
      return nil
    }
    return leaves[leaf].values[place]
  }

  /// Sets the value of a key.
  mutating func set(_ key: ByteKey, _ value: [UInt8]) {
    guard let (leaf, place) = find(key) else {
      leaves = [Leaf(keys: [key], values: [value])]
      firsts = [key]
      count = 1
      return
    }
    if place < leaves[leaf].keys.count, leaves[leaf].keys[place] == key {
      leaves[leaf].values[place] = value
      return
    }
    count += 1
    leaves[leaf].keys.insert(key, at: place)
    leaves[leaf].values.insert(value, at: place)
    if place == 0 { firsts[leaf] = key }
    if leaves[leaf].keys.count > Self.largest { split(leaf) }
  }

  /// Removes a key.
  /// - Returns: Whether it was there.
  mutating func remove(_ key: ByteKey) -> Bool {
    guard let (leaf, place) = find(key), place < leaves[leaf].keys.count, leaves[leaf].keys[place] == key else {
      return false
    }
    count -= 1
    leaves[leaf].keys.remove(at: place)
    leaves[leaf].values.remove(at: place)
    if leaves[leaf].keys.isEmpty {
      leaves.remove(at: leaf)
      firsts.remove(at: leaf)
    } else {
      firsts[leaf] = leaves[leaf].keys[0]
    }
    return true
  }

  /// Calls the closure for the entries from a key on, until it returns false.
  func forEach(from start: ByteKey, _ body: (ByteKey, [UInt8]) throws -> Bool) rethrows {
    guard var (leaf, place) = find(start) else { return }
    while leaf < leaves.count {
      while place < leaves[leaf].keys.count {
        guard try body(leaves[leaf].keys[place], leaves[leaf].values[place]) else { return }
        place += 1
      }
      leaf += 1
      place = 0
    }
  }

  /// Calls the closure for the keys that are less than one, backward, until it returns false.
  func forEachBackward(before end: ByteKey, _ body: (ByteKey) throws -> Bool) rethrows {
    guard var (leaf, place) = find(end) else { return }
    while true {
      while place > 0 {
        place -= 1
        guard try body(leaves[leaf].keys[place]) else { return }
      }
      guard leaf > 0 else { return }
      leaf -= 1
      place = leaves[leaf].keys.count
    }
  }

  /// The leaf in which a key is or would be, and the place of the first key in it that is not less.
  private func find(_ key: ByteKey) -> (leaf: Int, place: Int)? {
    guard !leaves.isEmpty else { return nil }
    let leaf = max(0, Self.lowerBound(firsts) { key < $0 } - 1)
    return (leaf, Self.lowerBound(leaves[leaf].keys) { !($0 < key) })
  }

  private mutating func split(_ leaf: Int) {
    // Where rows are appended, the leaves stay full.
    let half = leaf == leaves.count - 1 ? Self.largest : Self.largest / 2
    let upper = Leaf(keys: Array(leaves[leaf].keys[half...]), values: Array(leaves[leaf].values[half...]))
    leaves[leaf].keys.removeSubrange(half...)
    leaves[leaf].values.removeSubrange(half...)
    leaves.insert(upper, at: leaf + 1)
    firsts.insert(upper.keys[0], at: leaf + 1)
  }

  /// The place of the first key for which a condition is true that is true for all behind it.
  private static func lowerBound(_ keys: [ByteKey], _ condition: (ByteKey) -> Bool) -> Int {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if condition(keys[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
