// SPDX-License-Identifier: Apache-2.0

import CBenchProbe

/// Counts what the hot paths cost: the same on a busy machine as on a quiet one. `Benchmarks/gate` runs it twice, in callgrind,
/// which writes the instructions to its own file, and with the library that counts allocations.
struct Counter {
  let data: Dataset

  /// Prints a line for each hot path of the systems: its name and its allocations for one execution or one row. In callgrind it
  /// prints nothing but has callgrind write two counts for each hot path, by the name and what the difference of the counts is
  /// to be divided by.
  func run(_ systems: [any BenchmarkSystem]) async throws {
    let inCallgrind = bench_counts_instructions()
    guard inCallgrind || bench_allocations() >= 0 else {
      throw BenchmarkFailure("there is nothing that counts: neither callgrind nor the preloaded library")
    }
    for system in systems {
      log("\(system.name): loading")
      try await system.load(data)
      log("\(system.name): counting")
      for path in HotPath.all(count: data.count) where path.system == system.name {
        // What is only done the first time is not counted.
        _ = try await system.run(path.operation, 0..<path.executions)
        if inCallgrind { try await countInstructions(path, system) } else { try await countAllocations(path, system) }
        // The next path may insert the same rows.
        if path.operation.insertedRows > 0 {
          try await system.removeInserted(path.operation, 0..<Self.ranges(path).many.upperBound)
        }
      }
      await system.close()
    }
  }

  private func countInstructions(_ path: HotPath, _ system: any BenchmarkSystem) async throws {
    bench_start_instructions()
    let (few, many) = Self.ranges(path)
    bench_forget_instructions()
    _ = try await system.run(path.operation, few)
    bench_write_instructions("few|\(path.name)|\(many.count - few.count)|\(path.rows)")
    _ = try await system.run(path.operation, many)
    bench_write_instructions("many|\(path.name)|\(many.count - few.count)|\(path.rows)")
    bench_stop_instructions()
  }

  private func countAllocations(_ path: HotPath, _ system: any BenchmarkSystem) async throws {
    let (few, many) = Self.ranges(path)
    let start = bench_allocations()
    _ = try await system.run(path.operation, few)
    let middle = bench_allocations()
    _ = try await system.run(path.operation, many)
    let difference = (bench_allocations() - middle) - (middle - start)
    print("\(path.name)|\(Double(difference) / Double((many.count - few.count) * path.rows))")
  }

  /// The difference between some executions and three times as many is without what both have in common.
  private static func ranges(_ path: HotPath) -> (few: Range<Int>, many: Range<Int>) {
    let count = path.executions
    return (count..<count * 2, count * 2..<count * 5)
  }
}

/// Makes the inputs of executions, which are neither timed nor counted.
func uncounted<Inputs>(_ make: () -> Inputs) -> Inputs {
  bench_pause_counting()
  defer { bench_resume_counting() }
  return make()
}
