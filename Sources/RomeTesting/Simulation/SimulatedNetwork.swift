// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

/// What the clients of a simulation share.
final class SimulatedNetwork: Sendable {
  let scheduler: Scheduler
  let faults: SimulationFaults
  /// The store that all calls arrive at.
  let base: any Store
  private let epoch: ContinuousClock.Instant
  /// The requests that are on their way while nobody waits for them.
  private let late = Mutex<[Task<Void, Never>]>([])
  /// Snapshots that were taken, the last of them at the end.
  private let snapshots = Mutex<[any StoreReader]>([])

  init(scheduler: Scheduler, faults: SimulationFaults, epoch: ContinuousClock.Instant, base: any Store) {
    self.scheduler = scheduler
    self.faults = faults
    self.epoch = epoch
    self.base = base
  }

  var now: ContinuousClock.Instant { epoch + scheduler.now }

  /// The clock of the sessions of a client. Who has died does not wait.
  func clock(of fate: SimulatedLife = SimulatedLife()) -> LockClock {
    LockClock(
      now: { self.now },
      sleep: { duration in
        if !fate.hasDied { await self.scheduler.sleepUnlessCancelled(duration) }
        // Nobody must go on to wait for a time that does not come any more.
        return !Task.isCancelled && !fate.hasDied && !self.scheduler.isOver
      },
      sleepThrough: { if !fate.hasDied { await self.scheduler.sleep($0) } },
      fraction: { self.scheduler.draw { Double.random(in: 0...1, using: &$0) } },
      claimant: { self.scheduler.draw { LeaseClaimant(high: $0.next(), low: $0.next()) } },
      start: { _, work in Task(executorPreference: self.scheduler) { await work() } })
  }

  /// Lets a commit arrive later.
  func deliver(_ commit: Commit, after delay: Duration, _ call: Int) {
    let task = Task(executorPreference: scheduler) { [scheduler, base] in
      await scheduler.sleep(delay)
      let text: String
      do throws(StoreError) {
        text = SimulatedStore.describe(try await base.commit(commit), of: commit)
      } catch {
        text = "\(error.code)"
      }
      scheduler.end(call, "nobody; arrived late: \(text)")
    }
    late.withLock { $0.append(task) }
  }

  /// Waits until all requests have arrived.
  func settle() async {
    while let task = late.withLock({ $0.popLast() }) { await task.value }
  }

  /// A snapshot, of an earlier state if the faults say so.
  func snapshot() async throws(StoreError) -> any StoreReader {
    let newest = try await base.snapshot()
    guard faults.staleSnapshots > 0 else { return newest }
    snapshots.withLock { kept in
      kept.append(newest)
      if kept.count > 8 { kept.removeFirst() }
    }
    let kept = snapshots.withLock { $0 }
    let position = scheduler.draw { [chance = faults.staleSnapshots] generator in
      generator.chance(chance) ? Int.random(in: kept.indices, using: &generator) : kept.count - 1
    }
    return kept[position]
  }
}
