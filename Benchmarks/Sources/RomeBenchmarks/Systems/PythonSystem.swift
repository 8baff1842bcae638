// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A mapper of Python: a process that executes the workload, takes its own time and answers line by line.
final class PythonSystem: BenchmarkSystem {
  let name: String
  let operations: Set<Operation>
  let losesUpdates: Bool
  private let process = Process()
  private let requests = Pipe()
  private let answers = Pipe()
  private var rest = Data()

  private struct Request: Encodable {
    var command: String
    var operation: Operation?
    var first = 0
    var end = 0
  }

  private struct Reply: Decodable {
    var rows: Int
    var digest: Int
    var seconds: Double
    var failure: String?
  }

  /// - Parameters:
  ///   - python: The interpreter that has the mappers.
  ///   - script: `workload.py`.
  ///   - place: The socket of the server or the file of the database.
  ///   - missing: What it does not have, beside reading two columns.
  ///   - losesUpdates: Whether it writes without looking whether somebody else has.
  init(
    _ name: String, python: String, script: String, place: String, without missing: Set<Operation> = [],
    losesUpdates: Bool = false
  ) throws {
    self.name = name
    self.losesUpdates = losesUpdates
    operations = Set(Operation.allCases).subtracting(missing).subtracting([.hostTwoColumns])
    process.executableURL = URL(filePath: python)
    process.arguments = [script, name, place]
    process.standardInput = requests
    process.standardOutput = answers
    try process.run()
  }

  func load(_ data: Dataset) async throws { _ = try ask(Request(command: "load", end: data.count)) }

  func run(_ operation: Operation, _ iterations: Range<Int>) async throws -> Timed {
    let reply = try ask(
      Request(command: "run", operation: operation, first: iterations.lowerBound, end: iterations.upperBound))
    return Timed(answer: Answer(rows: reply.rows, digest: reply.digest), duration: .seconds(reply.seconds))
  }

  func removeInserted(_ operation: Operation, _ iterations: Range<Int>) async throws {
    let request = Request(
      command: "remove", operation: operation, first: iterations.lowerBound, end: iterations.upperBound)
    let removed = try ask(request).rows
    guard removed == iterations.count * operation.insertedRows else {
      throw BenchmarkFailure("\(name) had \(removed) inserted rows")
    }
  }

  func version(of id: Int) async throws -> Int { try ask(Request(command: "version", first: id)).digest }

  func storedBytes() async throws -> Int? { nil }

  func close() async {
    try? requests.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  private func ask(_ request: Request) throws -> Reply {
    var line = try JSONEncoder().encode(request)
    line.append(10)
    try requests.fileHandleForWriting.write(contentsOf: line)
    while true {
      if let end = rest.firstIndex(of: 10) {
        let reply = try JSONDecoder().decode(Reply.self, from: rest[rest.startIndex..<end])
        rest = Data(rest[(end + 1)...])
        if let failure = reply.failure { throw BenchmarkFailure("\(name): \(failure)") }
        return reply
      }
      let more = answers.fileHandleForReading.availableData
      guard !more.isEmpty else { throw BenchmarkFailure("\(name) has ended") }
      rest.append(more)
    }
  }
}
