// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A number that several tasks count up.
final class Counter: Sendable {
  private let count = Atomic(0)

  /// The number.
  var value: Int { count.load(ordering: .sequentiallyConsistent) }

  /// Adds one.
  /// - Returns: The new number.
  @discardableResult
  func increment() -> Int {
    count.add(1, ordering: .sequentiallyConsistent).newValue
  }
}
