// SPDX-License-Identifier: Apache-2.0

public import Rome
internal import Synchronization

extension RedisStore {
  /// Applies a commit whole or not at all, by one script: one round trip.
  ///
  /// A commit that was not sent whole when the connection broke is sent again over the next one. A task that is cancelled
  /// before gives it up; once it is sent, the answer is waited for.
  ///
  /// - Parameter commit: The checks and the writes.
  /// - Returns: Whether the commit was applied, refused by a check, or is in doubt.
  /// - Throws: `StoreError` when the commit was surely not applied: `limitExceeded` when it is too large or the
  ///   server is out of memory, `refused` when it was settled as not committed before, `corrupt` when a key of the store
  ///   holds a foreign value, `unavailable` when there is no connection.
  public func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    try StoreError.throwIfCancelled()
    try capabilities.check(commit)
    let deadline = self.deadline
    let hashes = try await scriptHashes(until: deadline)
    let request = CommitRequest(commit, layout)
    let older = shared.newestRevision
    let reply: Reply
    do throws(RequestFailure) {
      // A commit without writes is a question, which can be asked again.
      reply = try await send(
        request.call(commit.id, hashes, commitMemory), .commit, until: deadline,
        isRepeatable: request.script == .validation)
    } catch {
      switch error {
      case .notDone(let error): throw error
      case .inDoubt(let error):
        doubts.withLock { $0[commit.id] = older }
        return .unknown(error)
      }
    }
    return try outcome(of: commit, reply, older)
  }

  /// What the reply to a commit means. One that the script can't have sent leaves the commit in doubt.
  private func outcome(of commit: Commit, _ reply: Reply, _ older: UInt64) throws(StoreError) -> CommitOutcome {
    var cursor = ReplyCursor(reply)
    var doubt = StoreError(.corrupt, "the server sent a reply of another kind than a commit has")
    switch cursor.kind {
    case .error:
      guard let error = cursor.error() else { break }
      if error.code != ServerError.torn { throw error.storeError }
      doubt = StoreError(.corrupt, "the server failed in the middle of a commit")
    case .integer:
      let check = try cursor.integer()
      if commit.checks.indices.contains(check) { return .conflict(check: check) }
    case .bytes:
      let answer = try cursor.bytes()
      if let revision = Self.revision(answer) { return .committed(receipt(commit.id, revision)) }
      if answer.elementsEqual("r".utf8) {
        throw StoreError(.refused, "the commit was settled as not committed before it arrived")
      }
    default: break
    }
    doubts.withLock { $0[commit.id] = older }
    return .unknown(doubt)
  }

  /// The revision in the answer of a script that has found a commit, or has applied it: `c` and 8 bytes.
  private static func revision(_ answer: ArraySlice<UInt8>) -> UInt64? {
    answer.count == 9 && answer.first == UInt8(ascii: "c") ? UInt64(bigEndian: answer.dropFirst()) : nil
  }

  private func receipt(_ id: CommitID, _ revision: UInt64) -> CommitReceipt {
    shared.note(revision)
    return CommitReceipt(
      id: id, revision: Revision(rawValue: revision), durability: shared.durability)
  }

  /// Settles a commit. It is asked for until the server answers or the time is over, also by a cancelled task.
  ///
  /// - Parameter id: The commit in doubt.
  /// - Returns: What the server knows. It remembers commits as ``RedisConfiguration/commitMemory`` says; of an older one
  ///   that this store did not send itself it can't tell.
  /// - Throws: `StoreError` when the server can't answer; ask again.
  public func resolve(_ id: CommitID) async throws(StoreError) -> CommitResolution {
    let deadline = self.deadline
    let hashes = try await scriptHashes(until: deadline, isCancellable: false)
    var keys = ArgumentList()
    keys.append(layout.meta)
    keys.append(layout.commits)
    var arguments = ArgumentList()
    arguments.append(id.bytes)
    arguments.append(String(doubts.withLock { $0[id] ?? 0 }))
    arguments.append(Self.refusalMemory.microseconds)
    var request = RequestBuilder()
    request.script(hashes[.resolution], keys: keys, arguments: arguments)
    var cursor = ReplyCursor(try await perform(request, .resolve, until: deadline, isCancellable: false))
    let answer = try cursor.bytes()
    let resolution: CommitResolution
    if let revision = Self.revision(answer) {
      resolution = .committed(receipt(id, revision))
    } else if answer.elementsEqual("n".utf8) {
      resolution = .notCommitted
    } else if answer.elementsEqual("f".utf8) {
      resolution = .forgotten
    } else {
      throw StoreError(.corrupt, "the server sent a reply of another kind than the question has")
    }
    doubts.withLock { $0[id] = nil }
    return resolution
  }

  /// How long a commit that was settled as not committed is refused. No request is under way for so long.
  private static let refusalMemory = Duration.seconds(30 * 86_400)

  /// Takes numbers of a sequence that nobody else gets: one `HINCRBY`. When the connection breaks it is done again, and
  /// the numbers of the first time are lost.
  ///
  /// - Parameters:
  ///   - sequence: The name of the sequence.
  ///   - count: How many numbers, at least 1.
  /// - Returns: The numbers.
  /// - Throws: `StoreError` when the server can't answer, `sequenceExhausted` when there are not as many left.
  public func reserveIDs(_ sequence: String, count: Int) async throws(StoreError) -> ClosedRange<Int64> {
    guard count >= 1 else { throw StoreError(.refused, "a reservation of less than one number") }
    var request = RequestBuilder()
    request.begin(4)
    request.append("HINCRBY")
    request.append(layout.sequences)
    request.append(sequence)
    request.append(count)
    var cursor = ReplyCursor(try await perform(request, .reserveIDs))
    if let error = cursor.error() {
      if error.text.contains("overflow") {
        throw StoreError(.sequenceExhausted, "the sequence has not that many numbers left")
      }
      if error.text.contains("not an integer") {
        throw StoreError(.corrupt, "a sequence of the store holds something else than a number")
      }
      throw error.storeError
    }
    let last = Int64(try cursor.integer())
    guard last >= Int64(count) else {
      throw StoreError(.corrupt, "a sequence of the store holds a number that Rome did not write")
    }
    return (last - Int64(count) + 1)...last
  }
}
