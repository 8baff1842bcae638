// SPDX-License-Identifier: Apache-2.0

/// An operation of a system whose instructions and allocations are counted, because changes must not make them many.
struct HotPath {
  /// The name of the system.
  var system: String
  var operation: Operation
  /// Of how many rows one execution consists, if the costs are told for each row.
  var rows = 1
  /// How many executions tell the cost apart from that of beginning and ending them.
  var executions = 20

  /// The name in the file of thresholds.
  var name: String { "\(system) \(operation.rawValue)" }

  /// All of them.
  /// - Parameter count: How many instances there are.
  static func all(count: Int) -> [HotPath] {
    let memory = "rome-memory"
    let lmdb = "rome-lmdb"
    let redis = "rome-redis-loop"
    return [
      HotPath(system: memory, operation: .get),
      HotPath(system: memory, operation: .host, rows: count / 100, executions: 3),
      HotPath(system: memory, operation: .getMany, rows: 100, executions: 3),
      HotPath(system: memory, operation: .hostTwoColumns, rows: count / 100, executions: 3),
      HotPath(system: memory, operation: .join, executions: 5),
      HotPath(system: memory, operation: .scan, rows: count, executions: 1),
      HotPath(system: memory, operation: .sum, rows: count, executions: 1),
      HotPath(system: memory, operation: .count),
      HotPath(system: memory, operation: .countHost),
      HotPath(system: memory, operation: .update),
      HotPath(system: memory, operation: .insert),
      HotPath(system: memory, operation: .insertMany, rows: Operation.insertMany.insertedRows, executions: 1),
      HotPath(system: lmdb, operation: .get),
      HotPath(system: lmdb, operation: .host, rows: count / 100, executions: 3),
      HotPath(system: lmdb, operation: .scan, rows: count, executions: 1),
      HotPath(system: lmdb, operation: .sum, rows: count, executions: 1),
      HotPath(system: lmdb, operation: .count),
      HotPath(system: redis, operation: .get),
      HotPath(system: redis, operation: .getMany, rows: 100, executions: 3),
      HotPath(system: redis, operation: .update),
      HotPath(system: redis, operation: .insert),
    ]
  }
}
