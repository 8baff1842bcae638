// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// The wish of the user to end early: SIGINT or SIGTERM. A second signal ends the process at once.
final class Interruption: Sendable {
  private struct State {
    var hasCome = false
    var actions: [@Sendable () -> Void] = []
    var sources: [any DispatchSourceSignal] = []
  }

  private let state = Mutex(State())

  /// Takes the signals over; they no longer end the process by themselves.
  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      state.withLock { state in
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { [weak self] in self?.receive(number) }
        source.resume()
        state.sources.append(source)
      }
    }
  }

  /// Does something when the interruption comes, or at once when it has come already.
  func whenItComes(_ action: @escaping @Sendable () -> Void) {
    let hasCome = state.withLock { state in
      if !state.hasCome { state.actions.append(action) }
      return state.hasCome
    }
    if hasCome { action() }
  }

  /// The first signal ends the work; who sends a second one does not want to wait for that.
  private func receive(_ number: Int32) {
    if state.withLock({ $0.hasCome }) { _exit(128 + number) }
    interrupt()
  }

  /// Interrupts, as the signal does.
  func interrupt() {
    let actions = state.withLock { state in
      state.hasCome = true
      defer { state.actions = [] }
      return state.actions
    }
    for action in actions { action() }
  }
}
