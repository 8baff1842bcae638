// SPDX-License-Identifier: Apache-2.0

import Rome

/// Rome on one of its stores, through the API that everybody uses: a session and a typed query for each execution.
final class RomeSystem: BenchmarkSystem {
  let name: String
  let operations = Set(Operation.allCases)
  let store: any Store
  private var data = Dataset(count: 0)
  private let loop: (any TaskExecutor)?
  private let bytes: () throws -> Int?
  private let shutDown: () async -> Void

  /// - Parameters:
  ///   - loop: The executor that executions run on; nil for the pool that all tasks share.
  ///   - bytes: Tells how many bytes the store takes.
  ///   - shutDown: Ends the store.
  init(
    _ name: String, _ store: any Store, loop: (any TaskExecutor)? = nil, bytes: @escaping () throws -> Int? = { nil },
    shutDown: @escaping () async -> Void = {}
  ) {
    self.name = name
    self.store = store
    self.loop = loop
    self.bytes = bytes
    self.shutDown = shutDown
  }

  func load(_ data: Dataset) async throws {
    self.data = data
    for start in stride(from: 0, to: data.count, by: 1000) {
      let session = RomeSession(store)
      for row in data.rows[start..<start + 1000] {
        session.add(Instance(row))
        for metadata in Dataset.metadata(of: row.id) { session.add(InstanceMetadata(metadata)) }
      }
      try await session.commit()
    }
  }

  func run(_ operation: Operation, _ iterations: Range<Int>) async throws -> Timed {
    let store = self.store
    let data = self.data
    guard let loop else { return try await Self.run(operation, iterations, store, data) }
    return try await withTaskExecutorPreference(loop) {
      try await Self.run(operation, iterations, store, data)
    }
  }

  @concurrent
  private static func run(
    _ operation: Operation, _ iterations: Range<Int>, _ store: any Store, _ data: Dataset
  ) async throws -> Timed {
    let executor = Executor(store: store, data: data)
    var answer = Answer()
    var sink = Sink()
    switch operation {
    case .insert, .insertMany:
      let inputs = uncounted { iterations.map { data.inserted(operation, $0) } }
      let start = ContinuousClock.now
      for rows in inputs { try await executor.insert(rows, into: &answer) }
      return Timed(answer: answer, duration: .now - start)
    case .updateHot, .updateRandom:
      let start = ContinuousClock.now
      let clients = 8
      try await withThrowingTaskGroup(of: Void.self) { group in
        for client in 0..<clients {
          group.addTask {
            for iteration in iterations where iteration % clients == client {
              let key = operation == .updateHot ? 1 : data.key(operation, iteration)
              try await executor.update(key, iteration)
            }
          }
        }
        try await group.waitForAll()
      }
      answer.rows = iterations.count
      return Timed(answer: answer, duration: .now - start)
    default:
      let start = ContinuousClock.now
      for iteration in iterations { try await executor.execute(operation, iteration, &answer, &sink) }
      return Timed(answer: answer, duration: .now - start)
    }
  }

  func removeInserted(_ operation: Operation, _ iterations: Range<Int>) async throws {
    for iteration in iterations {
      let session = RomeSession(store)
      let ids = data.insertedIDs(operation, iteration)
      let removed = try await session.query(Instance.self).filter(
        Instance.id.between(ids.lowerBound, ids.upperBound - 1)
      )
      .delete()
      guard removed == ids.count else { throw BenchmarkFailure("\(name) had \(removed) of \(ids.count) inserted rows") }
      try await session.commit()
    }
  }

  func version(of id: Int) async throws -> Int {
    guard let row = try await RomeSession(store).get(Instance.self, id) else {
      throw BenchmarkFailure("row \(id) is gone")
    }
    return row.version
  }

  func storedBytes() async throws -> Int? { try bytes() }

  func close() async { await shutDown() }
}
