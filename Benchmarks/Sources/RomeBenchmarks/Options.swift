// SPDX-License-Identifier: Apache-2.0

/// The arguments of the command.
struct Options {
  /// How many instances.
  var rows = 10_000
  var repetitions = 5
  /// How long the executions that are measured together take, about.
  var slice = Duration.milliseconds(40)
  /// Where files are made.
  var directory = "."
  /// The unix socket of a Redis server without data.
  var socket: String?
  /// The TCP port of the same server.
  var port: UInt16 = 0
  /// The interpreter with the Python mappers.
  var python: String?
  /// `workload.py`.
  var script = ""
  /// The names of the systems to measure; all if there are none.
  var systems: [String] = []
  /// Whether many tasks on each store of Rome are measured, and nothing else is done.
  var concurrency = false
  /// The numbers of instances to compare; none if what `rows` says is measured.
  var scale: [Int] = []
  /// The only operation to execute, so many times and without measuring it: for a profiler.
  var profile: Operation?
  var iterations = 1000
  /// Whether instructions or allocations of the hot paths are counted, and nothing else is done.
  var counts = false
  /// Where the report goes, without an extension.
  var output: String?

  init(_ arguments: some Sequence<String>) throws {
    var arguments = Array(arguments)[...]
    while let option = arguments.popFirst() {
      if option == "--concurrency" {
        concurrency = true
        continue
      }
      if option == "--count" {
        counts = true
        continue
      }
      guard let value = arguments.popFirst() else { throw BenchmarkFailure("\(option) needs a value") }
      switch option {
      case "--rows": rows = try Self.number(value)
      case "--repetitions": repetitions = try Self.number(value)
      case "--slice": slice = .milliseconds(try Self.number(value))
      case "--directory": directory = value
      case "--socket": socket = value
      case "--port": port = UInt16(clamping: try Self.number(value))
      case "--python": python = value
      case "--script": script = value
      case "--systems": systems = value.split(separator: ",").map(String.init)
      case "--output": output = value
      case "--scale": scale = try value.split(separator: ",").map { try Self.number(String($0)) }
      case "--profile":
        guard let operation = Operation(rawValue: value) else {
          throw BenchmarkFailure("there is no operation \(value)")
        }
        profile = operation
      case "--iterations": iterations = try Self.number(value)
      default: throw BenchmarkFailure("there is no option \(option)")
      }
    }
    guard (scale + [rows]).allSatisfy({ $0 % 1000 == 0 }) else {
      throw BenchmarkFailure("a number of rows is not a multiple of 1000")
    }
  }

  private static func number(_ text: String) throws -> Int {
    guard let number = Int(text), number > 0 else { throw BenchmarkFailure("\(text) is not a number above 0") }
    return number
  }
}
