// SPDX-License-Identifier: Apache-2.0

/// A map of the names of tables, or of the indexes of one, in the order of the names.
///
/// There are tens of names at most, and nearly all that is looked for is there, as the very same text. To hash a text costs more
/// than to compare it with a few, or to pass by the fingerprints of many.
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

  /// The most entries whose names are compared without a look at their fingerprints.
  private static var few: Int { 4 }

  /// The position of a name among the entries; nil when it is not there.
  func position(of name: String) -> Int? {
    if entries.count <= Self.few { return entries.indices.first { entries[$0].name == name } }
    let fingerprint = Self.fingerprint(name)
    return entries.indices.first { entries[$0].fingerprint == fingerprint && entries[$0].name == name }
  }

  /// The value of a name.
  subscript(name: String) -> Value? {
    position(of: name).map { entries[$0].value }
  }

  /// The position of a name among the entries, where it comes to be if it is not there.
  mutating func position(of name: String, orAdding value: @autoclosure () -> Value) -> Int {
    if let known = position(of: name) { return known }
    let entry = Entry(fingerprint: Self.fingerprint(name), name: name, value: value())
    guard let next = entries.indices.first(where: { name < entries[$0].name }) else {
      entries.append(entry)
      return entries.count - 1
    }
    entries.insert(entry, at: next)
    return next
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
