// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Rome
import RomeLMDB
import RomeRedis

/// Measures Rome and what people would take instead of it. `Benchmarks/run` starts it with a server and the Python mappers.
@main
struct Command {
  /// The main thread waits, where an asynchronous `main` would end it: libdispatch then suspends it by a call that valgrind 3.19
  /// does not survive, because it writes to the constant argument.
  static func main() {
    let isDone = DispatchSemaphore(value: 0)
    Task.detached {
      await start()
      isDone.signal()
    }
    isDone.wait()
  }

  private static func start() async {
    do {
      try await run(Options(CommandLine.arguments.dropFirst()))
    } catch {
      log("failed: \(error)")
      exit(1)
    }
  }

  private static func run(_ options: Options) async throws {
    guard options.scale.isEmpty else { return try await ScaleRunner(options: options).run() }
    let data = Dataset(count: options.rows)
    // In CI tasks work in the place of an earlier run, where the other names are taken.
    let makers = Systems(options, suffix: options.concurrency ? "-tasks" : "")
    let systems = try await makers.chosen()
    if options.counts { return try await Counter(data: data).run(systems) }
    if let operation = options.profile {
      for system in systems {
        try await system.load(data)
        _ = try await system.run(operation, 0..<options.iterations)
        await system.close()
      }
      return
    }
    if options.concurrency { return try await runTasks(systems, data, options) }
    var runner = Runner(data: data, systems: systems, repetitions: options.repetitions, slice: options.slice)
    let report = try await runner.run(server: makers.serverBytes())
    for system in systems { await system.close() }
    try write(
      report.json(), Table(report: report).markdown, svg: Chart(report: report).svg, to: options.output)
  }

  private static func runTasks(_ systems: [any BenchmarkSystem], _ data: Dataset, _ options: Options) async throws {
    var report = Report(rows: data.count, repetitions: 1)
    for system in systems {
      if let system = system as? RomeSystem {
        log("\(system.name): many tasks")
        try await system.load(data)
        report.concurrency += try await ConcurrencyRunner(data: data, slice: options.slice).run(system)
      }
      await system.close()
    }
    try write(report.json(), Table(report: report).markdown, svg: nil, to: options.output)
  }

  /// Prints the tables, and writes what was measured to files.
  static func write(_ json: Data, _ markdown: String, svg: String?, to output: String?) throws {
    print(markdown)
    guard let output else { return }
    try json.write(to: URL(filePath: output + ".json"))
    try Data(markdown.utf8).write(to: URL(filePath: output + ".md"))
    if let svg { try Data(svg.utf8).write(to: URL(filePath: output + ".svg")) }
  }
}
