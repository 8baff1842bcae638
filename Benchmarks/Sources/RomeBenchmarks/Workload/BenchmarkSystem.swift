// SPDX-License-Identifier: Apache-2.0

/// What executions of an operation found: equal in all systems.
struct Answer: Equatable, Codable {
  /// How many rows were returned, or commits made.
  var rows = 0
  /// A sum over what is in the rows.
  var digest = 0

  mutating func add(id: Int, memory: Int) {
    rows += 1
    digest &+= id &* 31 &+ memory
  }

  mutating func add(value: Int) {
    rows += 1
    digest &+= value
  }
}

/// The answer of some executions and the time that they took.
struct Timed {
  var answer: Answer
  var duration: Duration
}

/// Something that can execute the workload.
protocol BenchmarkSystem: AnyObject {
  var name: String { get }
  /// The operations that it has.
  var operations: Set<Operation> { get }
  /// Whether it is known to lose updates of clients that write the same row; false by default.
  var losesUpdates: Bool { get }
  /// Fills it with the rows of the dataset.
  func load(_ data: Dataset) async throws
  /// Executes an operation once for each number of the range, and measures it without the making of the inputs.
  func run(_ operation: Operation, _ iterations: Range<Int>) async throws -> Timed
  /// Removes what `run` of an inserting operation has inserted. It is not measured.
  func removeInserted(_ operation: Operation, _ iterations: Range<Int>) async throws
  /// The version of a row, to see that no update is lost.
  func version(of id: Int) async throws -> Int
  /// The bytes that it takes for the loaded rows, if it can tell.
  func storedBytes() async throws -> Int?
  func close() async
}

extension BenchmarkSystem {
  var losesUpdates: Bool { false }
}

/// A benchmark that does not do what it should: this, and never slowness, ends the run.
struct BenchmarkFailure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// Keeps the optimizer from removing the reading of columns whose values nobody needs.
struct Sink {
  private(set) var value = 0

  @inline(never)
  mutating func take(_ number: Int) { value ^= number }

  mutating func take(_ text: String) { take(text.utf8.count) }
}
