// SPDX-License-Identifier: Apache-2.0

import Rome

extension LockWorkload {
  /// Makes the row that is guarded.
  static func prepare(_ store: any Store) async throws(RomeError) {
    let session = RomeSession(store)
    session.add(HistoryRegister(name: lock, value: 0))
    try await session.commit()
  }

  /// The value of the row; nil when nobody has written it.
  static func read(_ store: any Store) async throws(RomeError) -> Int? {
    let value = try await RomeSession(store).get(HistoryRegister.self, lock)?.value
    return value == 0 ? nil : value
  }

  /// Takes the lock, reads the row, and writes it in a transaction that knows nothing of what was read: but for the lease, it would
  /// overwrite whatever is there.
  func takeTurn(
    _ client: SimulatedClient, _ locks: LockManager, _ recorder: HistoryRecorder, _ values: HistoryValues
  ) async {
    let (renews, pause) = client.network.scheduler.draw { [longest = leaseDuration * 2] generator in
      (generator.chance(0.3), generator.duration(in: .zero...longest))
    }
    guard let lease = try? await locks.acquire(Self.lock, lease: leaseDuration, renews: renews) else { return }
    let start = recorder.begin()
    do {
      let seen = try await Self.read(client.store)
      await client.sleep(for: pause)
      let new = values.next()
      let outcome = await write(new, lease, client)
      recorder.end(
        client: client.number, start, steps: [.register(Self.lock, seen), .write(new, to: Self.lock)], outcome)
    } catch {
      // What could not be read is written by nobody.
    }
    _ = try? await lease.release()
  }

  private func write(_ value: Int, _ lease: Lease, _ client: SimulatedClient) async -> HistoryOutcome {
    do {
      try await RomeSession(client.store).transaction(isolation: .readCommitted, holding: [lease]) { session in
        _ = try await session.query(HistoryRegister.self).filter(HistoryRegister.name == Self.lock).update {
          $0.set(HistoryRegister.value, to: value)
        }
      }
      return .committed
    } catch {
      return (error as? RomeError)?.code == .unknownOutcome || client.hasDied ? .unknown : .aborted
    }
  }
}
