// SPDX-License-Identifier: Apache-2.0

/// A map of the names of tables, or of the indexes of one, in the order of the names.
///
/// There are tens of names at most, and nearly all that is looked for is there. To hash a text costs more than to pass by so
/// many fingerprints, and texts are compared where theirs are equal only.
struct NameMap<Value> {
  /// A name and what belongs to it.
  struct Entry {
    fileprivate let fingerprint: UInt64
    let name: String
    var value: Value
  }

  /// The entries in the order of their names.
  var entries: ContiguousArray<Entry> = []

  var isEmpty: Bool { entries.isEmpty }

  /// The position of a name among the entries; nil when it is not there.
  func position(of name: String) -> Int? {
    position(of: name, Self.fingerprint(name))
  }

  /// The value of a name.
  subscript(name: String) -> Value? {
    position(of: name).map { entries[$0].value }
  }

  /// The position of a name among the entries, where it comes to be if it is not there.
  mutating func position(of name: String, orAdding value: @autoclosure () -> Value) -> Int {
    let fingerprint = Self.fingerprint(name)
    if let known = position(of: name, fingerprint) { return known }
    let position = entries.firstIndex { name < $0.name } ?? entries.count
    entries.insert(Entry(fingerprint: fingerprint, name: name, value: value()), at: position)
    return position
  }

  private func position(of name: String, _ fingerprint: UInt64) -> Int? {
    for position in entries.indices where entries[position].fingerprint == fingerprint {
      if entries[position].name == name { return position }
    }
    return nil
  }

  /// The length of a name and its last bytes: names of one program often begin alike.
  private static func fingerprint(_ name: String) -> UInt64 {
    func fingerprint(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
      var result = UInt64(truncatingIfNeeded: bytes.count)
      for position in max(0, bytes.count - 7)..<bytes.count { result = result << 8 | UInt64(bytes[position]) }
      return result
    }
    if let result = name.utf8.withContiguousStorageIfAvailable(fingerprint) { return result }
    var native = name
    return native.withUTF8(fingerprint)
  }
}

extension NameMap: Sendable where Value: Sendable {}
extension NameMap.Entry: Sendable where Value: Sendable {}
