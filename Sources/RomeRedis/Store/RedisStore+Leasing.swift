// SPDX-License-Identifier: Apache-2.0

public import Rome

extension RedisStore {
  /// Asks for a lease, by one script. Time is that of the server.
  ///
  /// - Parameter request: The lock, who asks, and for how long.
  /// - Returns: The token of the lease, or how many come before.
  /// - Throws: `StoreError` when the server can't answer. The same request may be made again.
  public func acquireLease(_ request: LeaseRequest) async throws(StoreError) -> LeaseAnswer {
    try StoreError.throwIfCancelled()
    try StoreError.throwIfNoLease(request.name, request.duration)
    let deadline = self.deadline
    let hashes = try await scriptHashes(until: deadline)
    var keys = ArgumentList()
    keys.append(layout.meta)
    keys.append(layout.leases)
    keys.append(layout.queue(request.name))
    var arguments = ArgumentList()
    arguments.append(request.name)
    arguments.append(request.claimant.bytes)
    arguments.append(Self.time(request.duration))
    arguments.append(Self.time(max(.zero, request.patience)))
    var call = RequestBuilder()
    call.script(hashes[.acquisition], keys: keys, arguments: arguments)
    var cursor = ReplyCursor(try await perform(call, .lease, until: deadline))
    if cursor.kind == .array {
      guard try cursor.array() == 2 else { throw Self.unexpected }
      let ahead = try cursor.integer()
      return .busy(ahead: ahead, remaining: .microseconds(try cursor.integer()))
    }
    let answer = try cursor.bytes()
    guard answer.count == 9, answer.first == UInt8(ascii: "g") else { throw Self.unexpected }
    return .granted(FencingToken(rawValue: UInt64(bigEndian: answer.dropFirst())))
  }

  private static let unexpected = StoreError(.corrupt, "the server sent a reply of another kind than a lease has")

  /// Extends a lease from now on, by one script.
  ///
  /// - Parameters:
  ///   - name: The lock.
  ///   - token: The token of the lease.
  ///   - duration: How long the lease lasts from now.
  /// - Returns: Whether it was held, and is now extended.
  /// - Throws: `StoreError` when the server can't answer.
  public func renewLease(
    _ name: String, token: FencingToken, duration: Duration
  ) async throws(StoreError) -> Bool {
    try StoreError.throwIfCancelled()
    try StoreError.throwIfNoLease(name, duration)
    var arguments = Self.arguments(name, token)
    arguments.append(Self.time(duration))
    return try await holds(.renewal, arguments, isRepeatable: true)
  }

  /// Ends a lease, by one script. A cancelled task can do it too.
  ///
  /// - Parameters:
  ///   - name: The lock.
  ///   - token: The token of the lease.
  /// - Returns: Whether it was held until now.
  /// - Throws: `StoreError` when the server can't answer: the lease is ended, or ends by itself.
  public func releaseLease(_ name: String, token: FencingToken) async throws(StoreError) -> Bool {
    try StoreError.throwIfNoLease(name)
    // A second release would find nothing, and say that the lease was lost.
    return try await holds(.release, Self.arguments(name, token), isRepeatable: false)
  }

  /// Leaves the queue of a lock, and ends the lease when it was granted meanwhile. A cancelled task can do it too.
  ///
  /// - Parameters:
  ///   - name: The lock.
  ///   - claimant: Who asked.
  /// - Throws: `StoreError` when the server can't answer.
  public func withdrawLease(_ name: String, claimant: LeaseClaimant) async throws(StoreError) {
    try StoreError.throwIfNoLease(name)
    let deadline = self.deadline
    let hashes = try await scriptHashes(until: deadline, isCancellable: false)
    var keys = ArgumentList()
    keys.append(layout.leases)
    keys.append(layout.queue(name))
    var arguments = ArgumentList()
    arguments.append(name)
    arguments.append(claimant.bytes)
    var call = RequestBuilder()
    call.script(hashes[.withdrawal], keys: keys, arguments: arguments)
    var cursor = ReplyCursor(try await perform(call, .lease, until: deadline, isCancellable: false))
    _ = try cursor.integer()
  }

  private func holds(
    _ script: RedisScript, _ arguments: ArgumentList, isRepeatable: Bool
  ) async throws(StoreError) -> Bool {
    let deadline = self.deadline
    let hashes = try await scriptHashes(until: deadline, isCancellable: isRepeatable)
    var keys = ArgumentList()
    keys.append(layout.leases)
    var call = RequestBuilder()
    call.script(hashes[script], keys: keys, arguments: arguments)
    do throws(RequestFailure) {
      var cursor = ReplyCursor(
        try await send(
          call, .lease, until: deadline, isRepeatable: isRepeatable, isCancellable: isRepeatable))
      return try Self.answer(&cursor)
    } catch {
      switch error {
      case .notDone(let error), .inDoubt(let error): throw error
      }
    }
  }

  private static func answer(_ cursor: inout ReplyCursor) throws(RequestFailure) -> Bool {
    do throws(StoreError) {
      return try cursor.integer() == 1
    } catch {
      throw .notDone(error)
    }
  }

  private static func arguments(_ name: String, _ token: FencingToken) -> ArgumentList {
    var arguments = ArgumentList()
    arguments.append(name)
    var bytes: [UInt8] = []
    bytes.append(bigEndian: token.rawValue)
    arguments.append(bytes)
    return arguments
  }

  /// A time in microseconds, rounded up, and at most about 31 years: the server adds it to its clock in a number of 53 bits.
  private static func time(_ duration: Duration) -> Int {
    let longest = 1_000_000_000_000_000
    let whole = min(duration.microseconds, longest)
    return whole < longest && .microseconds(whole) < duration ? whole + 1 : whole
  }
}

extension LeaseClaimant {
  /// The claimant as 16 bytes.
  fileprivate var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: high)
    bytes.append(bigEndian: low)
    return bytes
  }
}
