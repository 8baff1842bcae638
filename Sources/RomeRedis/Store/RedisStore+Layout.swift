// SPDX-License-Identifier: Apache-2.0

public import Rome

extension RedisStore {
  /// Compares the rows of a table with its keys, in both directions, or looks at the entries of an index one by one.
  ///
  /// The hash of the rows and the sorted set of their keys are two keys of Redis, of which another tool may change one. It may
  /// also give a member another score than 0, or put in something that Rome did not write. It needs the commands `HSCAN`
  /// and `ZSCAN`.
  ///
  /// - Parameters:
  ///   - space: The key space.
  ///   - position: Where to go on; nil at the begin.
  ///   - limit: About how many keys to look at; fewer when rows are large. Redis looks at a small table whole.
  /// - Returns: The problems, each proved by a script in one state of the server, and where to go on.
  /// - Throws: `StoreError` when the server can't answer; `unauthorized` when the user may not run these commands; `corrupt` when a
  ///   key of the store holds a value of another type.
  public func inspectLayout(
    of space: KeySpace, from position: LayoutPosition?, limit: Int
  ) async throws(StoreError) -> LayoutPage {
    var walk = LayoutWalk(position, of: space)
    let most = max(1, min(limit, Int(Int32.max)))
    walk.count = max(1, min(most, walk.count))
    return space.index == nil
      ? try await compareKeys(of: space, &walk, most: most) : try await inspectEntries(of: space, &walk)
  }

  /// Mends a problem by a script that looks whether it is still there: lists a row, removes a key that has no row or an entry that is
  /// none, gives a member the score 0.
  ///
  /// - Parameter problem: The problem.
  /// - Returns: Whether something was changed.
  /// - Throws: `StoreError` when the server can't answer.
  public func mendLayout(_ problem: LayoutProblem) async throws(StoreError) -> Bool {
    let isOfIndex = problem.space.index != nil
    switch problem.kind {
    case .unlistedRow, .phantomKey: if isOfIndex { return false }
    case .foreignEntry:
      // What a removal says of an entry that is right must not be believed.
      if !isOfIndex || EntryMember.isEntry(problem.key.bytes[...], in: problem.space) { return false }
    case .misplacedEntry: break
    case .foreignRow, .wrongCount: return false
    }
    var keys = ArgumentList()
    keys.append(layout.rows(problem.space.table))
    keys.append(layout.entries(problem.space))
    var arguments = ArgumentList()
    arguments.append(problem.kind.rawValue)
    arguments.append(problem.key.bytes)
    let deadline = self.deadline
    var request = RequestBuilder()
    request.script(try await scriptHashes(until: deadline)[.mending], keys: keys, arguments: arguments)
    var cursor = ReplyCursor(try await perform(request, .upkeep, until: deadline))
    return try cursor.integer() == 1
  }

  private func compareKeys(
    of space: KeySpace, _ walk: inout LayoutWalk, most: Int
  ) async throws(StoreError) -> LayoutPage {
    var keys = ArgumentList()
    keys.append(layout.rows(space.table))
    keys.append(layout.entries(space))
    var arguments = ArgumentList()
    arguments.append(walk.isOverRows ? "r" : "k")
    arguments.append(walk.cursor)
    arguments.append(walk.count)
    let deadline = self.deadline
    var request = RequestBuilder()
    request.script(try await scriptHashes(until: deadline)[.inspection], keys: keys, arguments: arguments)
    var cursor = ReplyCursor(try await perform(request, .upkeep, until: deadline))
    guard try cursor.array() == 4 else { throw Self.foreignReply }
    walk.cursor = try Self.position(&cursor)
    let found = try cursor.integer()
    let bytes = try cursor.integer()
    let count = try cursor.array()
    var problems: [LayoutProblem] = []
    for _ in 0..<count / 2 {
      guard let kind = LayoutProblem.Kind(rawValue: String(decoding: try cursor.bytes(), as: UTF8.self)) else {
        throw Self.foreignReply
      }
      problems.append(LayoutProblem(kind, space: space, key: Key(try cursor.bytes())))
    }
    walk.adapt(found: found, bytes: bytes, most: most, budget: configuration.pageBytes)
    return LayoutPage(problems: problems, next: walk.next)
  }

  private func inspectEntries(of space: KeySpace, _ walk: inout LayoutWalk) async throws(StoreError) -> LayoutPage {
    var request = RequestBuilder()
    request.begin(5)
    request.append("ZSCAN")
    request.append(layout.entries(space))
    request.append(walk.cursor)
    request.append("COUNT")
    request.append(walk.count)
    var cursor = ReplyCursor(try await perform(request, .upkeep))
    guard try cursor.array() == 2 else { throw Self.foreignReply }
    walk.cursor = try Self.position(&cursor)
    let count = try cursor.array()
    var problems: [LayoutProblem] = []
    for _ in 0..<count / 2 {
      let member = try cursor.bytes()
      let score = String(decoding: try cursor.bytes(), as: UTF8.self)
      if !EntryMember.isEntry(member, in: space) {
        problems.append(LayoutProblem(.foreignEntry, space: space, key: Key(member)))
      } else if Double(score) != 0 {
        problems.append(LayoutProblem(.misplacedEntry, space: space, key: Key(member)))
      }
    }
    return LayoutPage(problems: problems, next: walk.next)
  }

  /// The next cursor of a walk.
  private static func position(_ cursor: inout ReplyCursor) throws(StoreError) -> String {
    let text = String(decoding: try cursor.bytes(), as: UTF8.self)
    guard UInt64(text) != nil else { throw foreignReply }
    return text
  }

  private static let foreignReply = StoreError(
    .corrupt, "the server sent a reply of another kind than the inspection of a layout has")
}

extension EntryMember {
  /// Whether the bytes are what Rome writes for an entry of the space.
  fileprivate static func isEntry(_ member: ArraySlice<UInt8>, in space: KeySpace) -> Bool {
    (try? decode(member, in: space)) != nil
  }
}

/// Where a walk over the layout of a key space is: what a `LayoutPosition` says.
struct LayoutWalk: Equatable {
  /// Whether it is in the rows of a table, which are walked over before its keys.
  var isOverRows: Bool
  /// The cursor of Redis.
  var cursor = "0"
  /// How many to look at next. `HSCAN` brings the rows into the memory of the script, so it begins with few.
  var count = 16

  /// The walk that a position stands for; the begin for nil, and for one that is none of this adapter.
  init(_ position: LayoutPosition?, of space: KeySpace) {
    isOverRows = space.index == nil
    guard let parts = position?.rawValue.split(separator: " "), parts.count == 3, let count = Int(parts[2]),
      UInt64(parts[1]) != nil
    else {
      if !isOverRows { count = .max }
      return
    }
    isOverRows = isOverRows && parts[0] == "r"
    cursor = String(parts[1])
    self.count = count
  }

  /// Where to go on; nil at the end.
  var next: LayoutPosition? {
    var walk = self
    if cursor == "0" {
      guard isOverRows else { return nil }
      walk.isOverRows = false
      walk.count = .max
    }
    return LayoutPosition(rawValue: "\(walk.isOverRows ? "r" : "k") \(walk.cursor) \(walk.count)")
  }

  /// Takes as many rows next as fit, when they go on to be as large; but not many times more than before.
  mutating func adapt(found: Int, bytes: Int, most: Int, budget: Int) {
    guard isOverRows, found > 0 else { return }
    count = max(1, min(most, count * 8, budget / max(1, bytes / found)))
  }
}
