// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization
import Testing

@testable import TortureKit

/// Clients on stores that are right, and on others that are not.
struct ClientTests {
  /// Lets eight clients work, and judges what they have told.
  private func verdict(on store: any Store, seed: UInt64) async throws -> Verdict {
    let session = RomeSession(store)
    session.add(ListItem(list: "first", position: 0, value: 0))
    session.add(Receipt(value: 0, itemCount: 1, name: "first"))
    try await session.commit()
    let assignment = ClientAssignment(
      clients: Array(1...8), seed: seed, epoch: MachineClock.now, lockShare: 0.05, leaseMilliseconds: 10_000,
      holdMilliseconds: 0)
    let lines = Lines()
    let locks = LockManager(store)
    await withTaskGroup(of: Void.self) { group in
      for number in assignment.clients {
        group.addTask {
          var client = TortureClient(number, assignment, store, locks, LineOutput { lines.append($0) })
          for _ in 0..<40 { await client.transact() }
        }
      }
    }
    return Verdict(RecordedTransaction.all(of: lines.all), try await Contents(of: store), readAt: MachineClock.now)
  }

  @Test(arguments: [1, 2] as [UInt64]) func `a store that is right has no problem`(seed: UInt64) async throws {
    let verdict = try await verdict(on: BrokenStore(nil), seed: seed)
    #expect(verdict.acknowledged > 0)
    let problems = [
      verdict.lost, verdict.torn, verdict.unknown, verdict.unresolved, verdict.anomalies, verdict.orphans,
    ]
    #expect(problems == [0, 0, 0, 0, 0, 0], "\(verdict.explanation ?? "")")
  }

  @Test(arguments: BrokenStore.Bug.allCases)
  func `a store with a bug is found out`(bug: BrokenStore.Bug) async throws {
    let verdict = try await verdict(on: BrokenStore(bug), seed: 3)
    switch bug {
    case .losesCommits: #expect(verdict.lost > 0)
    case .tearsCommits: #expect(verdict.torn > 0)
    case .checksNothing: #expect(verdict.anomalies > 0)
    case .forgetsEntries: #expect(verdict.orphans > 0)
    }
  }
}

/// The lines of clients, in order.
private final class Lines: Sendable {
  private let lines = Mutex<[ClientLine]>([])
  func append(_ line: ClientLine) { lines.withLock { $0.append(line) } }
  var all: [ClientLine] { lines.withLock { $0 } }
}
