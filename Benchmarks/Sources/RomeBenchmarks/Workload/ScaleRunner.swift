// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Measures the stores of Rome with different numbers of rows, one number after the other.
struct ScaleRunner {
  let options: Options

  func run() async throws {
    var reports: [Report] = []
    for count in options.scale {
      log("\(count) rows")
      let makers = Systems(options, suffix: "-\(count)")
      try makers.emptyServer()
      let data = Dataset(count: count)
      let systems = try await makers.chosen()
      var runner = Runner(data: data, systems: systems, repetitions: options.repetitions, slice: options.slice)
      var report = try await runner.run(server: makers.serverBytes())
      for case let system as RomeSystem in systems {
        log("\(system.name): streaming")
        report.streams.append(try await StreamRunner(data: data).run(system))
      }
      for system in systems { await system.close() }
      try makers.emptyServer()
      reports.append(report)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try Command.write(
      encoder.encode(reports), ScaleTable(reports: reports).markdown, svg: nil, to: options.output)
  }
}
