// SPDX-License-Identifier: Apache-2.0

import CBenchProbe
import Rome

/// Reads all rows of a store as a stream, and sees that this takes memory for some of them, not for all.
struct StreamRunner {
  let data: Dataset
  /// How much the memory may grow meanwhile, in bytes.
  static let bound = 64 << 20

  /// - Throws: If rows are missing, or if the memory grows above the bound.
  func run(_ system: RomeSystem) async throws -> Report.Stream {
    let expected = data.rows.reduce(into: Answer()) { $0.add(id: $1.id, memory: $1.memoryMB) }
    let heap = bench_heap_bytes()
    let resident = anonymousBytes()
    var stream = Report.Stream(system: system.name, seconds: 0, heap: 0, resident: 0)
    var answer = Answer()
    let start = ContinuousClock.now
    for try await row in RomeSession(system.store).query(Instance.self).stream() {
      answer.add(id: row.id, memory: row.memoryMB)
      if answer.rows % 10_000 == 0 {
        stream.heap = max(stream.heap, bench_heap_bytes() - heap)
        stream.resident = max(stream.resident, anonymousBytes() - resident)
      }
    }
    stream.seconds = (ContinuousClock.now - start).seconds
    guard answer == expected else { throw BenchmarkFailure("\(system.name) streams \(answer), not \(expected)") }
    guard max(stream.heap, stream.resident) <= Self.bound else {
      throw BenchmarkFailure(
        "\(system.name) takes \(stream.heap >> 20) MiB, \(stream.resident >> 20) MiB resident, to stream \(data.count) rows"
      )
    }
    return stream
  }
}
