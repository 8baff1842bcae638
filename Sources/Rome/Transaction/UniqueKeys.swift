// SPDX-License-Identifier: Apache-2.0

/// What can be told from the encoded columns of a unique index.
enum UniqueKeys {
  /// Whether one of the encoded values is NULL, so that the entry collides with no other.
  static func hasNull(_ columns: [UInt8]) -> Bool {
    var decoder = KeyDecoder(columns[...])
    while !decoder.isAtEnd {
      // The direction of a column shows in its first byte: inverted tags are above all others.
      guard let value = try? decoder.nextOfAnyDirection() else { return false }
      if value.isNull { return true }
    }
    return false
  }
}
