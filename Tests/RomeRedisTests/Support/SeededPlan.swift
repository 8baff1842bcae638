// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import RomeTesting
import Synchronization

/// A generator that several threads may draw from.
final class SharedGenerator: Sendable {
  private let generator: Mutex<SeededGenerator>

  init(seed: UInt64) {
    generator = Mutex(SeededGenerator(seed: seed))
  }

  func draw<Result: Sendable>(_ body: (inout SeededGenerator) -> Result) -> Result {
    generator.withLock { body(&$0) }
  }
}

extension ChaosProxy.Plan {
  /// Does something to some requests, by chance.
  /// - Parameters:
  ///   - seed: Where the chance comes from.
  ///   - probability: How likely each request is among them.
  ///   - actions: What may be done, by the commands in upper case.
  static func seeded(
    _ seed: UInt64, _ probability: Double, _ actions: [String: [ChaosProxy.Action]]
  ) -> ChaosProxy.Plan {
    let generator = SharedGenerator(seed: seed)
    return ChaosProxy.Plan { request in
      guard let choices = actions[request.command] else { return .pass }
      return generator.draw { generator in
        generator.chance(probability) ? choices.randomElement(using: &generator) ?? .pass : .pass
      }
    }
  }

  /// Does one thing after the other to the requests of a command, again and again.
  static func alternating(_ command: String, _ actions: [ChaosProxy.Action]) -> ChaosProxy.Plan {
    ChaosProxy.Plan { $0.command == command ? actions[$0.numberOfCommand % actions.count] : .pass }
  }
}
