// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// The keys of a call of the commit script, which operations name by their numbers.
struct CommitKeys {
  private let layout: RedisLayout
  /// The keys, in the order of their numbers.
  private(set) var list = ArgumentList()
  /// The sorted sets and the hashes of rows among them, and whether a check reads them: then the script ends there when they are of
  /// another type. A commit has few, so a look along the list is the fastest.
  private var spaces: [(space: KeySpace, number: Int, isProven: Bool)] = []
  private var tables: [(table: String, number: Int, isProven: Bool)] = []
  /// The numbers of two hashes that few commits need.
  private var leasesNumber: Int?
  private var sequencesNumber: Int?

  /// - Parameter layout: The keys of the store.
  init(_ layout: RedisLayout) {
    self.layout = layout
    list.reserve(64 * 8)
    list.append(layout.meta)
    list.append(layout.commits)
  }

  private mutating func number(of key: [UInt8]) -> Int {
    list.append(key)
    return list.count
  }

  /// The number of the hash of a table's rows.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - isProven: Whether a check reads it.
  mutating func rows(_ table: String, isProven: Bool = false) -> Int {
    if let known = tables.firstIndex(where: { $0.table == table }) {
      if isProven { tables[known].isProven = true }
      return tables[known].number
    }
    tables.append((table, number(of: layout.rows(table)), isProven))
    return list.count
  }

  /// The number of the sorted set of a key space.
  ///
  /// - Parameters:
  ///   - space: The key space.
  ///   - isProven: Whether a check reads it.
  mutating func entries(_ space: KeySpace, isProven: Bool = false) -> Int {
    if let known = spaces.firstIndex(where: { $0.space == space }) {
      if isProven { spaces[known].isProven = true }
      return spaces[known].number
    }
    spaces.append((space, number(of: layout.entries(space)), isProven))
    return list.count
  }

  /// The number of the hash of the leases. It is only read.
  mutating func leases() -> Int {
    let number = leasesNumber ?? number(of: layout.leases)
    leasesNumber = number
    return number
  }

  /// The number of the hash of the sequences. It is only written.
  mutating func sequences() -> Int {
    let number = sequencesNumber ?? number(of: layout.sequences)
    sequencesNumber = number
    return number
  }

  /// The looks at the types of the keys that no check reads.
  var looks: CommitOperations {
    var looks = CommitOperations()
    for space in spaces where !space.isProven { looks.append("z", space.number) }
    for table in tables where !table.isProven { looks.append("h", table.number) }
    if let sequencesNumber { looks.append("h", sequencesNumber) }
    return looks
  }
}

/// Operations of the commit script, see ``CommitScript/body``.
struct CommitOperations {
  /// The operations, each in 13 bytes.
  private(set) var bytes: [UInt8] = []

  /// Appends an operation.
  ///
  /// - Parameters:
  ///   - letter: What is done.
  ///   - first: The number of a key; 0: none.
  ///   - second: The number of another one; 0: none.
  ///   - count: How often it is done, or what is counted.
  mutating func append(_ letter: Unicode.Scalar, _ first: Int = 0, _ second: Int = 0, count: Int = 0) {
    // Most commits have a few.
    if bytes.isEmpty { bytes.reserveCapacity(8 * 13) }
    bytes.append(UInt8(ascii: letter))
    for number in [first, second, count] {
      // Nothing is as many as this, nor as a negative number.
      withUnsafeBytes(of: (UInt32(exactly: number) ?? .max).bigEndian) { bytes.append(contentsOf: $0) }
    }
  }
}
