// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// Turns a commit into a call of the commit script. Checks and writes of the same kind that follow each other for one key
/// space are handed over as one, so that the server makes one call for many.
struct CommitRequest {
  private enum Group: Equatable {
    case versions(Int)
    case absences(Int)
    case presences(Int)
    case puts(Int, Int)
    case deletes(Int, Int)
    case inserts(Int)
    case removals(Int)
  }

  private let layout: RedisLayout
  private var keys = ArgumentList()
  private var types: [UInt8] = Array("hz--".utf8)
  private var numbers: [KeySpace: Int] = [:]
  private var rowNumbers: [String: Int] = [:]
  private var arguments = ArgumentList()
  private var group: Group?
  private var members = ArgumentList()
  private var memberCount = 0

  /// The script that the commit needs.
  let script: RedisScript

  /// - Parameters:
  ///   - commit: The commit.
  ///   - layout: The keys of the store.
  init(_ commit: Commit, _ layout: RedisLayout) {
    self.layout = layout
    let removesOnly = commit.writes.allSatisfy { write in
      switch write {
      case .deleteRow, .deleteEntry: true
      default: false
      }
    }
    script = commit.writes.isEmpty ? .validation : removesOnly ? .removingCommit : .commit
    for key in [layout.meta, layout.commits, layout.sequences, layout.leases] { keys.append(key) }
    for check in commit.checks { add(check) }
    endGroup()
    if commit.writes.isEmpty { return }
    arguments.append("W")
    for write in commit.writes { add(write) }
    endGroup()
  }

  /// The call of the script.
  ///
  /// - Parameters:
  ///   - id: The id of the commit.
  ///   - hashes: The names of the scripts.
  ///   - configuration: How long and how many commits are remembered.
  func call(_ id: CommitID, _ hashes: ScriptHashes, _ configuration: RedisConfiguration) -> RequestBuilder {
    var all = ArgumentList()
    all.append(id.bytes)
    all.append(configuration.commitMemory.microseconds)
    all.append(configuration.rememberedCommits)
    all.append(types)
    all.append(contentsOf: arguments)
    var request = RequestBuilder()
    request.script(hashes[script], keys: keys, arguments: all)
    return request
  }

  private mutating func add(_ check: Check) {
    switch check {
    case .row(let address, let version):
      let rows = rowsKey(address.table)
      if let version {
        begin(.versions(rows))
        members.append(address.key.bytes)
        var bytes: [UInt8] = []
        bytes.append(bigEndian: version.rawValue)
        members.append(bytes)
      } else {
        begin(.absences(rows))
        members.append(address.key.bytes)
      }
    case .exists(let address):
      begin(.presences(rowsKey(address.table)))
      members.append(address.key.bytes)
    case .range(let space, let range, let expected):
      endGroup()
      let (lower, upper) = RangeBounds.of(range, in: space)
      // The members of indexes have something behind their keys, see EntryMember.
      arguments.append(space.index == nil ? "G" : "H")
      arguments.append(entriesKey(space))
      arguments.append(lower)
      arguments.append(upper)
      arguments.append(expected.count)
      for key in expected { arguments.append(EntryMember.bound(key, in: space)) }
    case .count(let space, let range, let count):
      endGroup()
      let (lower, upper) = RangeBounds.of(range, in: space)
      arguments.append("C")
      arguments.append(entriesKey(space))
      arguments.append(lower)
      arguments.append(upper)
      arguments.append(count)
    case .lease(let name, let token):
      endGroup()
      types[3] = UInt8(ascii: "h")
      arguments.append("L")
      arguments.append(name)
      var bytes: [UInt8] = []
      bytes.append(bigEndian: token.rawValue)
      arguments.append(bytes)
    }
  }

  private mutating func add(_ write: Write) {
    switch write {
    case .putRow(let address, let bytes):
      begin(.puts(rowsKey(address.table), entriesKey(.rows(address.table))))
      members.append(address.key.bytes)
      members.append(bytes)
    case .deleteRow(let address):
      begin(.deletes(rowsKey(address.table), entriesKey(.rows(address.table))))
      members.append(address.key.bytes)
    case .putEntry(let space, let entry):
      begin(.inserts(entriesKey(space)))
      members.append(EntryMember.encode(entry))
    case .deleteEntry(let space, let entry):
      begin(.removals(entriesKey(space)))
      members.append(EntryMember.encode(entry))
    case .advanceSequence(let name, let number):
      endGroup()
      // A sequence begins at 1, so no number below can be handed out anyway.
      if number < 1 { return }
      types[2] = UInt8(ascii: "h")
      arguments.append("S")
      arguments.append(3)
      arguments.append(name)
      arguments.append(String(number))
    }
  }

  /// Goes on with the group that is open when it is this one.
  private mutating func begin(_ next: Group) {
    if group != next {
      endGroup()
      group = next
    }
    memberCount += 1
  }

  private mutating func endGroup() {
    guard let group else { return }
    switch group {
    case .versions(let key): append("V", key)
    case .absences(let key): append("A", key)
    case .presences(let key): append("E", key)
    case .puts(let rows, let entries): append("P", rows, entries)
    case .deletes(let rows, let entries): append("D", rows, entries)
    case .inserts(let key): append("I", key)
    case .removals(let key): append("X", key)
    }
    arguments.append(memberCount)
    arguments.append(contentsOf: members)
    members = ArgumentList()
    memberCount = 0
    self.group = nil
  }

  private mutating func append(_ operation: String, _ keys: Int...) {
    arguments.append(operation)
    for key in keys { arguments.append(key) }
  }

  /// The number of the hash of a table's rows among the keys.
  private mutating func rowsKey(_ table: String) -> Int {
    if let number = rowNumbers[table] { return number }
    keys.append(layout.rows(table))
    types.append(UInt8(ascii: "h"))
    rowNumbers[table] = keys.count
    return keys.count
  }

  /// The number of the sorted set of a key space among the keys.
  private mutating func entriesKey(_ space: KeySpace) -> Int {
    if let number = numbers[space] { return number }
    keys.append(layout.entries(space))
    types.append(UInt8(ascii: "z"))
    numbers[space] = keys.count
    return keys.count
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
