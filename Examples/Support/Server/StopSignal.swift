// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Foundation

/// The wish that the process ends: SIGTERM, or SIGINT from the keyboard.
public final class StopSignal {
  private let signals: AsyncStream<Int32>
  private let sources: [any DispatchSourceSignal]

  /// Waits for signals from now on; they don't end the process any more.
  public init() {
    let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
    self.signals = signals
    sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { continuation.yield(number) }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }

  /// Returns when a signal has come.
  public func received() async {
    for await _ in signals { return }
  }
}
