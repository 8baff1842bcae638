// SPDX-License-Identifier: Apache-2.0

import CBenchProbe

/// Measures systems by turns: in each repetition each system executes each operation, so that what else the machine does
/// falls on all of them, and only ratios inside of a repetition are compared.
struct Runner {
  let data: Dataset
  let systems: [any BenchmarkSystem]
  let repetitions: Int
  /// How long the executions that are measured together take, about.
  let slice: Duration
  private var next = 0

  init(data: Dataset, systems: [any BenchmarkSystem], repetitions: Int, slice: Duration) {
    self.data = data
    self.systems = systems
    self.repetitions = repetitions
    self.slice = slice
  }

  /// Loads the systems, checks them, and measures.
  /// - Parameter server: Tells how many bytes the Redis server has allocated.
  mutating func run(server: (() throws -> Int)? = nil) async throws -> Report {
    var report = Report(rows: data.count, repetitions: repetitions)
    report.bytesPerRow["columns"] = data.bytes / data.count
    for system in systems {
      log("\(system.name): loading")
      let isInMemory = system.name.contains("memory")
      let isOnServer = Table.redis.contains(system.name)
      let before = (bench_heap_bytes(), try isOnServer ? server?() : nil)
      let start = ContinuousClock.now
      try await system.load(data)
      report.loading[system.name] = (ContinuousClock.now - start).seconds
      var bytes = try await system.storedBytes()
      if isInMemory { bytes = bench_heap_bytes() - before.0 }
      if isOnServer, let server, let first = before.1 { bytes = try server() - first }
      if let bytes { report.bytesPerRow[system.name] = bytes / data.count }
      try await verify(system)
    }
    log("measuring")
    var counts: [String: Int] = [:]
    for repetition in 0..<repetitions {
      for operation in Operation.allCases {
        for position in systems.indices {
          let system = systems[(position + repetition) % systems.count]
          guard system.operations.contains(operation) else { continue }
          let key = system.name + operation.rawValue
          let count: Int
          if let known = counts[key] { count = known } else { count = try await calibrate(system, operation) }
          counts[key] = count
          let time = try await measure(system, operation, count)
          report.add(time / Double(count), of: system.name, operation)
        }
      }
      log("repetition \(repetition + 1) of \(repetitions)")
    }
    return report
  }

  /// Compares the answers with the right ones, and sees that what was written is there and nothing was lost.
  private mutating func verify(_ system: any BenchmarkSystem) async throws {
    let model = Model(data: data)
    for operation in Operation.allCases where system.operations.contains(operation) {
      if let expected = model.answer(operation, 0..<3) {
        let found = try await system.run(operation, 0..<3).answer
        guard found == expected else {
          throw BenchmarkFailure("\(system.name) answers \(operation.rawValue) with \(found), not with \(expected)")
        }
      } else if operation.isUpdate {
        try await verifyUpdates(system, operation)
      } else {
        let found = try await system.run(operation, 0..<2).answer.rows
        let count = try await system.run(.count, 0..<1).answer.digest
        guard found == 2 * operation.insertedRows, count == data.count + found else {
          throw BenchmarkFailure("\(system.name) has \(count) rows after \(found) inserts")
        }
        try await system.removeInserted(operation, 0..<2)
      }
    }
    guard try await system.run(.count, 0..<1).answer.digest == data.count else {
      throw BenchmarkFailure("\(system.name) has not removed what was inserted")
    }
  }

  private func verifyUpdates(_ system: any BenchmarkSystem, _ operation: Operation) async throws {
    let updates = operation == .updateHot ? 64 : 8
    var expected: [Int: Int] = [:]
    for iteration in 0..<updates {
      expected[operation == .updateHot ? 1 : data.key(operation, iteration), default: 0] += 1
    }
    for key in expected.keys { expected[key, default: 0] += try await system.version(of: key) }
    _ = try await system.run(operation, 0..<updates)
    for (key, version) in expected {
      let found = try await system.version(of: key)
      guard found == version || system.losesUpdates && operation != .update else {
        throw BenchmarkFailure(
          "\(system.name) loses updates in \(operation.rawValue): version \(found), not \(version)")
      }
    }
  }

  /// How many executions fill a slice.
  private mutating func calibrate(_ system: any BenchmarkSystem, _ operation: Operation) async throws -> Int {
    var count = operation == .updateHot || operation == .updateRandom ? 8 : 1
    let most = operation == .insertMany ? 16 : 20_000
    while count < most {
      let time = try await measure(system, operation, count)
      if time * 2 >= slice.seconds { return count }
      count = min(most, max(count + 1, min(count * 10, Int(Double(count) * slice.seconds / max(time, 1e-7)))))
    }
    return count
  }

  /// Seconds of so many executions, with inputs that were not used before.
  private mutating func measure(
    _ system: any BenchmarkSystem, _ operation: Operation, _ count: Int
  ) async throws -> Double {
    let iterations = next..<next + count
    next += count
    let timed = try await system.run(operation, iterations)
    if operation.insertedRows > 0 { try await system.removeInserted(operation, iterations) }
    return timed.duration.seconds
  }
}

extension Duration {
  /// The duration as a number of seconds.
  var seconds: Double {
    let parts = components
    return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
  }
}
