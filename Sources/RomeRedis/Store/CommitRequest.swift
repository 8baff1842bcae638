// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// Turns a commit into a call of the commit script. Checks and writes of the same kind that follow each other for one key
/// space are handed over as one, so that the server makes one call for many.
struct CommitRequest {
  /// A run of checks or writes that go to the script as one operation.
  private enum Operation {
    case versions(String)
    case absences(String)
    case presences(String)
    case puts(String)
    case deletes(String)
    case inserts(KeySpace)
    case removals(KeySpace)
    case single
  }

  private var keys: CommitKeys
  /// See ``CommitScript/body``.
  private var operations = CommitOperations()
  private var arguments = ArgumentList()

  /// The script that the commit needs.
  let script: RedisScript

  /// - Parameters:
  ///   - commit: The commit.
  ///   - layout: The keys of the store.
  init(_ commit: Commit, _ layout: RedisLayout) {
    keys = CommitKeys(layout)
    let removesOnly = commit.writes.allSatisfy { write in
      switch write {
      case .deleteRow, .deleteEntry: true
      default: false
      }
    }
    script = commit.writes.isEmpty ? .validation : removesOnly ? .removingCommit : .commit
    arguments.reserve(Self.size(of: commit))
    var position = 0
    while position < commit.checks.count { position = add(commit.checks, from: position) }
    if commit.writes.isEmpty { return }
    operations.append("W")
    var proven = commit.checks[...]
    position = 0
    while position < commit.writes.count { position = add(commit.writes, from: position, &proven) }
  }

  /// The call of the script.
  ///
  /// - Parameters:
  ///   - id: The id of the commit.
  ///   - hashes: The names of the scripts.
  ///   - memory: How long (µs) and how many commits are remembered.
  func call(_ id: CommitID, _ hashes: ScriptHashes, _ memory: ArgumentList) -> RequestBuilder {
    let looks = keys.looks
    let length = looks.bytes.count + operations.bytes.count
    var first = ArgumentList()
    first.reserve(96 + length)
    first.append(id.bytes)
    first.append(contentsOf: memory)
    first.append(count: length) { bytes in
      bytes.append(contentsOf: looks.bytes)
      bytes.append(contentsOf: operations.bytes)
    }
    var request = RequestBuilder()
    request.script(hashes[script], keys: keys.list, arguments: first, arguments)
    return request
  }

  /// About the bytes of the arguments, so that they are not moved while they are written.
  private static func size(of commit: Commit) -> Int {
    var size = 64 + 64 * commit.checks.count
    for write in commit.writes {
      switch write {
      case .putRow(let address, let bytes): size += 24 + address.key.bytes.count + bytes.count
      case .putEntry(_, let entry), .deleteEntry(_, let entry): size += 24 + entry.key.bytes.count
      case .deleteRow, .advanceSequence: size += 48
      }
    }
    return size
  }

  // MARK: Checks

  /// Adds a check, and those behind it that belong to the same operation.
  ///
  /// - Returns: The position of the next one.
  private mutating func add(_ checks: [Check], from first: Int) -> Int {
    switch Self.operation(checks[first]) {
    case .versions(let table):
      let end = Self.end(checks, first) { if case .versions(table) = $0 { true } else { false } }
      operations.append("V", keys.rows(table, isProven: true), count: end - first)
      for check in checks[first..<end] {
        guard case .row(let address, let version?) = check else { continue }
        arguments.append(address.key.bytes)
        arguments.append(bigEndian: version.rawValue)
      }
      return end
    case .absences(let table):
      let end = Self.end(checks, first) { if case .absences(table) = $0 { true } else { false } }
      operations.append("A", keys.rows(table, isProven: true), count: end - first)
      for check in checks[first..<end] {
        if case .row(let address, _) = check { arguments.append(address.key.bytes) }
      }
      return end
    case .presences(let table):
      let end = Self.end(checks, first) { if case .presences(table) = $0 { true } else { false } }
      operations.append("E", keys.rows(table, isProven: true), count: end - first)
      for check in checks[first..<end] {
        if case .exists(let address) = check { arguments.append(address.key.bytes) }
      }
      return end
    default:
      add(checks[first])
      return first + 1
    }
  }

  private static func operation(_ check: Check) -> Operation {
    switch check {
    case .row(let address, let version): version == nil ? .absences(address.table) : .versions(address.table)
    case .exists(let address): .presences(address.table)
    case .range, .count, .lease: .single
    }
  }

  private static func end(_ checks: [Check], _ first: Int, _ belongs: (Operation) -> Bool) -> Int {
    var end = first + 1
    while end < checks.count, belongs(operation(checks[end])) { end += 1 }
    return end
  }

  /// Adds a check that is an operation of its own.
  private mutating func add(_ check: Check) {
    switch check {
    case .row, .exists: break
    case .range(let space, let range, let expected):
      let (lower, upper) = RangeBounds.of(range, in: space)
      // The members of indexes have something behind their keys, see EntryMember.
      operations.append(space.index == nil ? "G" : "H", keys.entries(space, isProven: true), count: expected.count)
      arguments.append(lower)
      arguments.append(upper)
      for key in expected { arguments.append(EntryMember.bound(key, in: space)) }
    case .count(let space, let range, let count):
      let (lower, upper) = RangeBounds.of(range, in: space)
      operations.append("C", keys.entries(space, isProven: true), count: count)
      arguments.append(lower)
      arguments.append(upper)
    case .lease(let name, let token):
      operations.append("L", keys.leases(), count: 1)
      arguments.append(name)
      arguments.append(bigEndian: token.rawValue)
    }
  }

  // MARK: Writes

  /// Adds a write, and those behind it that belong to the same operation.
  ///
  /// - Returns: The position of the next one.
  private mutating func add(_ writes: [Write], from first: Int, _ proven: inout ArraySlice<Check>) -> Int {
    switch Self.operation(writes[first]) {
    case .puts(let table):
      let end = Self.end(writes, first) { if case .puts(table) = $0 { true } else { false } }
      // The keys of rows that are there are there too.
      let keySet = Self.prove(writes[first..<end], &proven) ? 0 : keys.entries(.rows(table))
      operations.append("P", keys.rows(table), keySet, count: end - first)
      for write in writes[first..<end] {
        guard case .putRow(let address, let bytes) = write else { continue }
        arguments.append(address.key.bytes)
        arguments.append(bytes)
      }
      return end
    case .deletes(let table):
      let end = Self.end(writes, first) { if case .deletes(table) = $0 { true } else { false } }
      // One of them may be put again.
      proven = []
      operations.append("D", keys.rows(table), keys.entries(.rows(table)), count: end - first)
      for write in writes[first..<end] {
        if case .deleteRow(let address) = write { arguments.append(address.key.bytes) }
      }
      return end
    case .inserts(let space):
      let end = Self.end(writes, first) { if case .inserts(space) = $0 { true } else { false } }
      operations.append("I", keys.entries(space), count: end - first)
      for write in writes[first..<end] { if case .putEntry(_, let entry) = write { append(entry) } }
      return end
    case .removals(let space):
      let end = Self.end(writes, first) { if case .removals(space) = $0 { true } else { false } }
      operations.append("X", 0, keys.entries(space), count: end - first)
      for write in writes[first..<end] { if case .deleteEntry(_, let entry) = write { append(entry) } }
      return end
    default:
      if case .advanceSequence(let name, let number) = writes[first] { advance(name, past: number) }
      return first + 1
    }
  }

  private static func operation(_ write: Write) -> Operation {
    switch write {
    case .putRow(let address, _): .puts(address.table)
    case .deleteRow(let address): .deletes(address.table)
    case .putEntry(let space, _): .inserts(space)
    case .deleteEntry(let space, _): .removals(space)
    case .advanceSequence: .single
    }
  }

  private static func end(_ writes: [Write], _ first: Int, _ belongs: (Operation) -> Bool) -> Int {
    var end = first + 1
    while end < writes.count, belongs(operation(writes[end])) { end += 1 }
    return end
  }

  /// Whether the checks prove that all of the rows are there.
  ///
  /// - Parameter proven: The checks that come into question, in which those of earlier rows are gone past: a transaction has its
  ///   checks and its writes in the same order.
  private static func prove(_ rows: ArraySlice<Write>, _ proven: inout ArraySlice<Check>) -> Bool {
    for case .putRow(let address, _) in rows {
      while let check = proven.first {
        if case .row(address, _?) = check { break }
        proven.removeFirst()
      }
      if proven.isEmpty { return false }
    }
    return true
  }

  private mutating func append(_ entry: IndexEntry) {
    arguments.append(count: EntryMember.length(of: entry)) { EntryMember.append(entry, to: &$0) }
  }

  private mutating func advance(_ name: String, past number: Int64) {
    // A sequence begins at 1, so no number below can be handed out anyway.
    if number < 1 { return }
    operations.append("S", keys.sequences())
    arguments.append(name)
    arguments.append(String(number))
  }
}

extension CommitID {
  /// The id as 16 bytes.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: high)
    bytes.append(bigEndian: low)
    return bytes
  }
}

extension Duration {
  /// The whole microseconds of the duration.
  var microseconds: Int {
    let (seconds, attoseconds) = components
    let (product, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000)
    return overflows ? (seconds > 0 ? .max : .min) : Int(product + attoseconds / 1_000_000_000_000)
  }
}
