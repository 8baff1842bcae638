// SPDX-License-Identifier: Apache-2.0

/// Why a ``Simulation`` has no result that could be replayed.
public struct SimulationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Reason: Error, Hashable, Sendable {
    /// A task ran outside of the simulation: by `Task.detached` or `Task { }`, by a real clock, or in a store that suspends.
    case strayed
    /// All tasks wait, and nothing is left to happen.
    case stuck
    /// The simulation did not end within so many steps.
    case tooManySteps(Int)
  }

  /// The seed of the simulation.
  public let seed: UInt64
  /// What went wrong.
  public let reason: Reason

  /// What went wrong, and the seed.
  public var description: String {
    let text =
      switch reason {
      case .strayed: "a task ran outside of the simulation, so that its seed does not replay it"
      case .stuck: "all tasks wait, and nothing is left to happen"
      case .tooManySteps(let count): "it did not end within \(count) steps"
      }
    return "simulation with seed \(seed): \(text)"
  }
}
