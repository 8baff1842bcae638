// SPDX-License-Identifier: Apache-2.0

import Rome

/// The store of a simulation, at the other end of a bad network.
final class SimulatedStore: Store {
  let catalog = Catalog()
  private let client: Int
  private let life: Int
  private let network: SimulatedNetwork
  private let fate: SimulatedLife

  init(client: Int, life: Int, network: SimulatedNetwork, fate: SimulatedLife) {
    self.client = client
    self.life = life
    self.network = network
    self.fate = fate
  }

  var capabilities: StoreCapabilities {
    var capabilities = network.base.capabilities
    if network.faults.hidesSnapshots { capabilities.snapshotReads = false }
    return capabilities
  }

  var revision: Revision? { network.faults.hidesSnapshots ? nil : network.base.revision }

  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    try await read(addresses, from: network.base)
  }

  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    try await scan(scans, of: network.base)
  }

  func snapshot() async throws(StoreError) -> any StoreReader {
    if network.faults.hidesSnapshots { return self }
    let network = self.network
    // No round trip, so nothing is lost on the way; but others may come before.
    if fate.hasDied { throw Self.died }
    await network.scheduler.sleep(
      network.scheduler.draw { [delays = network.faults.delays] in $0.duration(in: delays) })
    return SimulatedSnapshot(store: self, base: try await network.snapshot())
  }

  func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome {
    var digest = TraceDigest()
    for write in commit.writes { digest.add(write) }
    let request = "\(commit.checks.count) checks, \(commit.writes.count) writes \(digest)"
    let (call, fate) = try await begin(.commit, request)
    let network = self.network
    switch fate.ending {
    case .requestLost: return lost(call, "unknown, request lost")
    case .crashedBefore: throw crashed(call)
    case .answered:
      let outcome = try await answer(call, fate) { () async throws(StoreError) in try await network.base.commit(commit)
      }
      network.scheduler.end(call, Self.describe(outcome, of: commit))
      return outcome
    case .repeated:
      _ = try? await network.base.commit(commit)
      await network.scheduler.sleep(fate.lateness)
      let outcome = try await answer(call, fate) { () async throws(StoreError) in try await network.base.commit(commit)
      }
      network.scheduler.end(call, "\(Self.describe(outcome, of: commit)), asked twice")
      return outcome
    case .answerLost:
      // Whatever the store says, be it a refusal, nobody hears of it.
      _ = try? await network.base.commit(commit)
      await network.scheduler.sleep(fate.after)
      return lost(call, "unknown, answer lost")
    case .late:
      network.deliver(commit, after: fate.lateness, call)
      await network.scheduler.sleep(fate.after)
      return lost(call, "unknown, on its way")
    case .crashedAfter:
      _ = try? await network.base.commit(commit)
      return .unknown(crashed(call))
    }
  }

  func resolve(_ id: CommitID) async throws(StoreError) -> CommitResolution {
    let base = network.base
    return try await perform(.resolve, "", { Self.describe($0) }) { () async throws(StoreError) in
      try await base.resolve(id)
    }
  }

  func reserveIDs(_ sequence: String, count: Int) async throws(StoreError) -> ClosedRange<Int64> {
    let base = network.base
    return try await perform(.reserveIDs, "\(count) of \(sequence)", { "\($0)" }) { () async throws(StoreError) in
      try await base.reserveIDs(sequence, count: count)
    }
  }

  func acquireLease(_ request: LeaseRequest) async throws(StoreError) -> LeaseAnswer {
    let base = network.base
    return try await perform(.acquireLease, request.name, { "\($0)" }) { () async throws(StoreError) in
      try await base.acquireLease(request)
    }
  }

  func renewLease(_ name: String, token: FencingToken, duration: Duration) async throws(StoreError) -> Bool {
    let base = network.base
    return try await perform(.renewLease, "\(name) \(token.rawValue)", { "\($0)" }) { () async throws(StoreError) in
      try await base.renewLease(name, token: token, duration: duration)
    }
  }

  func releaseLease(_ name: String, token: FencingToken) async throws(StoreError) -> Bool {
    let base = network.base
    return try await perform(.releaseLease, "\(name) \(token.rawValue)", { "\($0)" }) { () async throws(StoreError) in
      try await base.releaseLease(name, token: token)
    }
  }

  func withdrawLease(_ name: String, claimant: LeaseClaimant) async throws(StoreError) {
    let base = network.base
    try await perform(.withdrawLease, name, { _ in "done" }) { () async throws(StoreError) in
      try await base.withdrawLease(name, claimant: claimant)
    }
  }
}

extension SimulatedStore {
  static let died = StoreError(.cancelled, "the client has died")
  static let connectionLost = StoreError(.unavailable, "the connection was lost, as drawn from the seed")

  static func describe(_ outcome: CommitOutcome, of commit: Commit) -> String {
    switch outcome {
    case .committed(let receipt): "committed \(receipt.revision.rawValue)"
    // Sessions prove their reads in no certain order, so which of several is found out first is not replayed.
    case .conflict(let check): check < commit.snapshotChecks ? "conflict with a read" : "conflict with a constraint"
    case .unknown: "unknown"
    }
  }

  static func describe(_ resolution: CommitResolution) -> String {
    switch resolution {
    case .committed(let receipt): "committed \(receipt.revision.rawValue)"
    case .notCommitted: "not committed"
    case .forgotten: "forgotten"
    }
  }

  fileprivate func read(
    _ addresses: [RowAddress], from reader: any StoreReader
  ) async throws(StoreError) -> [StoredRow?] {
    var digest = TraceDigest()
    for address in addresses { digest.add(address) }
    let describe = { (rows: [StoredRow?]) in
      var digest = TraceDigest()
      for row in rows { digest.add(row) }
      return "\(rows.count { $0 != nil }) rows \(digest)"
    }
    return try await perform(.read, "\(addresses.count) rows \(digest)", describe) { () async throws(StoreError) in
      try await reader.read(addresses)
    }
  }

  fileprivate func scan(_ scans: [Scan], of reader: any StoreReader) async throws(StoreError) -> [ScanPage] {
    var digest = TraceDigest()
    for scan in scans {
      digest.add("\(scan.space)".utf8)
      digest.add(scan.range.lower.bytes)
    }
    let describe = { (pages: [ScanPage]) in
      var digest = TraceDigest()
      for page in pages {
        for entry in page.entries { digest.add(entry.key.bytes) }
        for row in page.rows { digest.add(row) }
      }
      return "\(pages.map(\.count).reduce(0, +)) entries \(digest)"
    }
    return try await perform(.scan, "\(scans.count) ranges \(digest)", describe) { () async throws(StoreError) in
      try await reader.scan(scans)
    }
  }

  /// Notes a call, draws what becomes of it, and lets the request travel.
  private func begin(_ kind: StoreCall.Kind, _ request: String) async throws(StoreError) -> (Int, SimulatedFate) {
    if fate.hasDied || network.scheduler.isOver {
      // Who goes on all the same must not keep the others from running.
      await Task.yield()
      throw Self.died
    }
    let drawn = network.scheduler.draw { [faults = network.faults] in SimulatedFate(faults, kind, &$0) }
    let call = network.scheduler.begin { now in
      SimulatedCall(time: now, client: client, life: life, kind: kind, request: request)
    }
    await network.scheduler.sleep(drawn.before)
    return (call, drawn)
  }

  private func answer<Answer: Sendable>(
    _ call: Int, _ fate: SimulatedFate, _ body: () async throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer {
    do throws(StoreError) {
      let answer = try await body()
      await network.scheduler.sleep(fate.after)
      return answer
    } catch {
      await network.scheduler.sleep(fate.after)
      network.scheduler.end(call, "\(error.code)")
      throw error
    }
  }

  private func lost(_ call: Int, _ text: String) -> CommitOutcome {
    network.scheduler.end(call, text)
    return .unknown(Self.connectionLost)
  }

  private func crashed(_ call: Int) -> StoreError {
    network.scheduler.end(call, "the client died")
    fate.end()
    return Self.died
  }

  /// A call that is no commit.
  private func perform<Answer: Sendable>(
    _ kind: StoreCall.Kind, _ request: String, _ describe: (Answer) -> String,
    _ body: () async throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer {
    let (call, fate) = try await begin(kind, request)
    switch fate.ending {
    case .answered, .late, .repeated:
      let answer = try await answer(call, fate, body)
      network.scheduler.end(call, describe(answer))
      return answer
    case .requestLost:
      network.scheduler.end(call, "request lost")
      throw Self.connectionLost
    case .answerLost:
      _ = try? await body()
      await network.scheduler.sleep(fate.after)
      network.scheduler.end(call, "answer lost")
      throw Self.connectionLost
    case .crashedBefore: throw crashed(call)
    case .crashedAfter:
      _ = try? await body()
      throw crashed(call)
    }
  }
}

/// A snapshot of a ``SimulatedStore``.
private struct SimulatedSnapshot: StoreReader {
  let store: SimulatedStore
  let base: any StoreReader

  var revision: Revision? { base.revision }

  func read(_ addresses: [RowAddress]) async throws(StoreError) -> [StoredRow?] {
    try await store.read(addresses, from: base)
  }

  func scan(_ scans: [Scan]) async throws(StoreError) -> [ScanPage] {
    try await store.scan(scans, of: base)
  }
}
