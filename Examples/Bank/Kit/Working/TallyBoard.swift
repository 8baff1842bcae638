// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Where tellers write what they have done, and others read it meanwhile.
public final class TallyBoard: Sendable {
  private let state = Mutex(Tally())

  /// An empty board.
  public init() {}

  /// Changes the tally.
  ///
  /// - Parameter change: The change.
  public func update(_ change: (inout Tally) -> Void) {
    state.withLock { change(&$0) }
  }

  /// What was done so far.
  public var tally: Tally { state.withLock { $0 } }
}
