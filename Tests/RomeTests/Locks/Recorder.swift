// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What several tasks note, in the order in which they did.
final class Recorder<Value: Sendable>: Sendable {
  private let state = Mutex<[Value]>([])

  var values: [Value] { state.withLock { $0 } }

  func record(_ value: Value) {
    state.withLock { $0.append(value) }
  }
}
