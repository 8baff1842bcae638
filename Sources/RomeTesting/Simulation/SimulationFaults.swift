// SPDX-License-Identifier: Apache-2.0

/// What goes wrong in a ``Simulation``, and how often. Probabilities are of each call of a client, from 0 to 1.
public struct SimulationFaults: Hashable, Sendable {
  /// How long a request or an answer is on its way. Different delays are what brings the calls of clients into another order.
  public var delays: ClosedRange<Duration> = .microseconds(100) ... .milliseconds(5)
  /// How likely a request never arrives. A commit ends as unknown, other calls throw.
  public var lostRequests = 0.02
  /// How likely an answer never arrives: the store has done what was asked, and nobody is told.
  public var lostAnswers = 0.02
  /// How likely a commit is given up, and arrives later all the same.
  public var lateCommits = 0.02
  /// How likely a commit arrives twice, because the connection broke before its answer came and the request was repeated.
  public var repeatedCommits = 0.02
  /// How likely a client dies, before or after its request arrives. Another one begins in its place.
  public var crashes = 0.005
  /// How likely a client stands still before its request, for as long as ``longestPause``.
  public var pauses = 0.01
  /// The longest time that a client stands still.
  public var longestPause = Duration.seconds(3)
  /// How likely a snapshot is of an earlier state, as one of a replica is. Transactions stay serializable, but not in the order
  /// of real time. Without effect when the store has no snapshots.
  public var staleSnapshots = 0.0
  /// Whether the clients see no snapshots, so that each read is of the newest state and commits must prove what was read.
  public var hidesSnapshots = false

  /// The defaults: a bad network, and clients that die.
  public init() {}

  /// Delays only.
  public static var none: SimulationFaults {
    var faults = SimulationFaults()
    faults.lostRequests = 0
    faults.lostAnswers = 0
    faults.lateCommits = 0
    faults.repeatedCommits = 0
    faults.crashes = 0
    faults.pauses = 0
    return faults
  }
}

/// What becomes of one call.
struct SimulatedFate {
  /// The end of the call.
  enum Ending {
    case answered, requestLost, answerLost, late, repeated, crashedBefore, crashedAfter
  }

  /// How long the client stands still, and the request takes.
  let before: Duration
  /// How long the answer takes.
  let after: Duration
  /// How much later than the client gives up a commit arrives.
  let lateness: Duration
  let ending: Ending

  init(_ faults: SimulationFaults, _ kind: StoreCall.Kind, _ generator: inout SeededGenerator) {
    let pause = generator.chance(faults.pauses) ? generator.duration(in: .zero...faults.longestPause) : .zero
    before = pause + generator.duration(in: faults.delays)
    after = generator.duration(in: faults.delays)
    lateness = generator.duration(in: .zero...faults.longestPause)
    let endings: [(Ending, Double)] = [
      (.requestLost, faults.lostRequests), (.answerLost, faults.lostAnswers),
      (.late, kind == .commit ? faults.lateCommits : 0), (.repeated, kind == .commit ? faults.repeatedCommits : 0),
      (.crashedBefore, faults.crashes / 2), (.crashedAfter, faults.crashes / 2),
    ]
    var chance = Double.random(in: 0..<1, using: &generator)
    var chosen = Ending.answered
    for (ending, probability) in endings {
      if chance < probability {
        chosen = ending
        break
      }
      chance -= probability
    }
    ending = chosen
  }
}

extension SeededGenerator {
  /// A random duration, to the nanosecond.
  mutating func duration(in range: ClosedRange<Duration>) -> Duration {
    let length = (range.upperBound - range.lowerBound).components
    let nanoseconds = length.seconds * 1_000_000_000 + length.attoseconds / 1_000_000_000
    return range.lowerBound + .nanoseconds(Int64.random(in: 0...nanoseconds, using: &self))
  }
}
