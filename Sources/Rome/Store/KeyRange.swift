// SPDX-License-Identifier: Apache-2.0

/// A half-open range of keys: from `lower`, which belongs to it, up to `upper`, which does not.
public struct KeyRange: Hashable, Sendable {
  /// The smallest key of the range.
  public var lower: Key
  /// The first key behind the range; nil when it has no end.
  public var upper: Key?

  /// Makes the range `lower ≤ key < upper`, or `lower ≤ key` when `upper` is nil.
  public init(lower: Key, upper: Key?) {
    self.lower = lower
    self.upper = upper
  }

  /// All keys.
  public static let all = KeyRange(lower: .first, upper: nil)

  /// The keys that begin with the bytes.
  public static func prefix(_ bytes: [UInt8]) -> KeyRange {
    KeyRange(lower: Key(bytes), upper: successor(ofPrefix: bytes))
  }

  /// The smallest key behind all that begin with the bytes; nil when there is none (only 0xFF bytes).
  public static func successor(ofPrefix bytes: [UInt8]) -> Key? {
    var result = bytes
    while let last = result.last {
      if last < 0xFF {
        result[result.count - 1] = last + 1
        return Key(result)
      }
      result.removeLast()
    }
    return nil
  }

  /// Whether no key can lie in the range.
  public var isEmpty: Bool {
    guard let upper else { return false }
    return upper <= lower
  }

  /// Whether the key lies in the range.
  public func contains(_ key: Key) -> Bool {
    guard lower <= key else { return false }
    guard let upper else { return true }
    return key < upper
  }
}
