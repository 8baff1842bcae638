// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Whether work goes on.
final class Shift: Sendable {
  private let isOver = Atomic<Bool>(false)
  /// Whether the work is to end.
  var hasEnded: Bool { isOver.load(ordering: .acquiring) }
  /// Says so.
  func end() { isOver.store(true, ordering: .releasing) }
}
