// SPDX-License-Identifier: Apache-2.0

import Rome

/// Who asks for leases in the cases, and how.
extension ConformanceProbe {
  /// A duration that no case outlasts.
  static let long = Duration.seconds(600)

  /// Asks for the lock `lock`, or another one.
  func ask(
    _ claimant: LeaseClaimant, _ name: String = "lock", for duration: Duration = long, patience: Duration = .zero
  ) async throws -> LeaseAnswer {
    try await store.acquireLease(
      LeaseRequest(name: name, claimant: claimant, duration: duration, patience: patience))
  }

  /// Asks for a lock that must be granted.
  ///
  /// - Throws: When it is not.
  @discardableResult
  func granted(
    _ claimant: LeaseClaimant, _ name: String = "lock", for duration: Duration = long
  ) async throws -> FencingToken {
    let answer = try await ask(claimant, name, for: duration)
    guard case .granted(let token) = answer else {
      throw UnexpectedOutcome(description: "a lock that is free was not granted: \(answer)")
    }
    return token
  }

  /// Asks for a lock that others are to have first, as many as said.
  func expectBusy(
    _ what: String, _ claimant: LeaseClaimant, _ name: String = "lock", ahead expected: Int,
    patience: Duration = long
  ) async throws {
    let answer = try await ask(claimant, name, patience: patience)
    guard case .busy(let ahead, let remaining) = answer else { return fail("\(what): expected busy, got \(answer)") }
    expectEqual(ahead, expected, "\(what): how many are ahead")
    expect(remaining >= .zero && remaining <= Self.long, "\(what): a lease of 600 s has \(remaining) left")
  }

  /// Asks for a lock that must be granted now.
  @discardableResult
  func expectGranted(_ what: String, _ claimant: LeaseClaimant, _ name: String = "lock") async throws -> FencingToken? {
    let answer = try await ask(claimant, name, patience: Self.long)
    guard case .granted(let token) = answer else {
      fail("\(what): expected the lock, got \(answer)")
      return nil
    }
    return token
  }

  /// Waits until a lease of this duration that begins now has expired by the clock of the store, as the store itself
  /// shows by giving the lock to somebody else.
  func waitOut(_ duration: Duration) async throws {
    let name = "sentinel \(LeaseClaimant.random())"
    try await granted(.random(), name, for: duration)
    try await grantedAtLast(.random(), name)
  }

  /// Asks for a lock until it is granted. It may take as long as a slow machine needs, within reason.
  @discardableResult
  func grantedAtLast(_ claimant: LeaseClaimant, _ name: String = "lock") async throws -> FencingToken {
    let begin = ContinuousClock.now
    // A machine that lets its tasks wait for seconds has asked a few times only by then.
    var asks = 0
    while asks < 200 || ContinuousClock.now - begin < .seconds(5) {
      asks += 1
      if case .granted(let token) = try await ask(claimant, name, patience: Self.long) { return token }
      try await Task.sleep(for: .milliseconds(3))
    }
    throw UnexpectedOutcome(description: "the lock '\(name)' was not granted although it must have become free")
  }

  /// Takes a lock for a short while and then for a long one. When the machine is so slow that the first lease is over
  /// before it is prolonged, it begins anew with a longer one.
  ///
  /// - Parameters:
  ///   - name: The name of the lock.
  ///   - prolong: Prolongs the lease, and says whether it is the same as before.
  /// - Returns: The token, and the duration of the first lease; nil when none was prolonged.
  func prolonged(
    _ name: String, _ prolong: (LeaseClaimant, FencingToken) async throws -> Bool
  ) async throws -> (token: FencingToken, first: Duration)? {
    for milliseconds in [100, 400, 1600] {
      let first = Duration.milliseconds(milliseconds)
      let claimant = LeaseClaimant.random()
      let token = try await grantedAtLast(claimant, name)
      _ = try await store.renewLease(name, token: token, duration: first)
      if try await prolong(claimant, token) { return (token, first) }
      try await store.withdrawLease(name, claimant: claimant)
    }
    return nil
  }

  /// Whether a commit that checks the lease is applied.
  func isHeld(_ token: FencingToken, _ name: String = "lock") async throws -> Bool {
    switch try await store.commit(Commit(checks: [.lease(name, token: token)])) {
    case .committed: return true
    case .conflict(let check):
      expectEqual(check, 0, "the check that failed")
      return false
    case .unknown(let error): throw error
    }
  }
}

extension FencingToken {
  /// The tokens beside this one.
  var neighbours: [FencingToken] {
    [FencingToken(rawValue: rawValue &- 1), FencingToken(rawValue: rawValue &+ 1)]
  }
}
