// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import Foundation
public import TortureKit

/// Runs clients in several processes against real servers and files while these fail, and proves that nothing is lost or torn.
@main
struct TortureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Torture",
    abstract:
      "Lets servers, disks, connections and processes fail while clients work, and proves that promises are kept.",
    discussion: "Each scenario has a Redis server or a file of its own. The exit code is 1 when a promise was broken.")

  @Option(help: "How many seconds the faults of a scenario go on.")
  var seconds = 2.0

  @Option(help: "How many minutes the faults of all scenarios go on together, in place of --seconds.")
  var minutes: Double?

  @Option(help: "Only this store: redis-always, redis-everysec or lmdb. May be repeated.")
  var store: [StoreSetting] = StoreSetting.allCases

  @Option(help: "Only this fault, such as server-killed. May be repeated.")
  var fault: [Fault] = Fault.allCases

  @Option(help: "What times and choices are drawn from. (default: by chance)")
  var seed: UInt64?

  @Flag(help: "Print the table for a document.")
  var markdown = false

  @Flag(help: .hidden)
  var clientProcess = false

  func validate() throws {
    guard (0.1...86_400).contains(minutes.map { $0 * 60 } ?? seconds) else {
      throw ValidationError("It goes on from 0.1 seconds to a day.")
    }
  }

  func run() async throws {
    if clientProcess { return try await ClientAssignment.carryOut() }
    Leftovers.removeWhenInterrupted()
    guard let program = Bundle.main.executableURL else { throw ValidationError("The program does not know itself.") }
    let pairs = store.flatMap { store in fault.filter { $0.befalls(store) }.map { (store, $0) } }
    let duration = Duration.seconds(minutes.map { $0 * 60 / Double(max(1, pairs.count)) } ?? seconds)
    let seed = seed ?? .random(in: 0...999_999)
    note("8 clients in 4 processes, \(pairs.count) scenarios, seed \(seed)")
    tell(ResultTable.head(isMarkdown: markdown))
    var problems: [String] = []
    for (number, (setting, fault)) in pairs.enumerated() {
      let scenario = Scenario(
        setting, fault, lasting: duration, seed: seed &+ UInt64(number) &* 1_000_000, program: program)
      do {
        guard let result = try await scenario.run() else {
          note("\(setting.rawValue), \(fault.rawValue): skipped, a small disk can't be mounted here")
          continue
        }
        tell(ResultTable.line(result, isMarkdown: markdown))
        problems += result.problems
      } catch {
        problems.append("\(setting.rawValue), \(fault.rawValue): \(error)")
      }
    }
    guard problems.isEmpty else {
      for problem in problems { note("Error: \(problem)") }
      throw ExitCode.failure
    }
  }

  /// Prints a part of the table at once, also when nobody is at the terminal: a long run is followed in a file.
  private func tell(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

  /// Tells something that is no part of the table.
  private func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

extension StoreSetting: ExpressibleByArgument {}
extension Fault: ExpressibleByArgument {}
