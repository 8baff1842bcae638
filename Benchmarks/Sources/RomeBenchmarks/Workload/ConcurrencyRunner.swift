// SPDX-License-Identifier: Apache-2.0

import Rome

/// Measures how the throughput of a store of Rome grows with the tasks that use it.
struct ConcurrencyRunner: Sendable {
  let data: Dataset
  let slice: Duration

  func run(_ system: RomeSystem) async throws -> [Report.Concurrency] {
    let executor = Executor(store: system.store, data: data)
    var results: [Report.Concurrency] = []
    for operation in [Operation.get, .host, .updateRandom, .updateHot] {
      for tasks in [1, 8, 64] {
        let start = ContinuousClock.now
        let end = start + slice * 10
        let byTask = try await withThrowingTaskGroup(of: [Double].self) { group in
          for task in 0..<tasks {
            group.addTask { [self] in
              try await execute(operation, by: executor, task, until: end)
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        let elapsed = (ContinuousClock.now - start).seconds
        let sorted = byTask.joined().sorted()
        let counts = byTask.map(\.count)
        results.append(
          Report.Concurrency(
            system: system.name, operation: operation.rawValue, tasks: tasks,
            perSecond: Double(sorted.count) / elapsed, median: sorted[sorted.count / 2] * 1e6,
            percentile99: sorted[sorted.count * 99 / 100] * 1e6, fewest: counts.min() ?? 0, most: counts.max() ?? 0))
      }
    }
    return results
  }

  /// The time of each execution by one task, of which there is at least one.
  @concurrent
  private func execute(
    _ operation: Operation, by executor: Executor, _ task: Int, until end: ContinuousClock.Instant
  ) async throws -> [Double] {
    var times: [Double] = []
    var answer = Answer()
    var sink = Sink()
    var iteration = task * 1_000_003
    repeat {
      let start = ContinuousClock.now
      if operation.isUpdate {
        try await executor.update(operation == .updateHot ? 1 : data.key(operation, iteration), iteration)
      } else {
        try await executor.execute(operation, iteration, &answer, &sink)
      }
      times.append((ContinuousClock.now - start).seconds)
      iteration += 1
      // A task that never waits would keep its thread, and the others would begin when it ends.
      await Task.yield()
    } while ContinuousClock.now < end
    return times
  }
}
