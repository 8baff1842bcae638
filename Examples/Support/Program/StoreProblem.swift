// SPDX-License-Identifier: Apache-2.0

public import Rome

/// Why the store of an example can't be opened, in words for the one who has called it.
public struct StoreProblem: Error, CustomStringConvertible {
  /// What the store said.
  public let error: StoreError
  /// What is wrong, and what may help. It carries no password.
  public let description: String

  init(_ error: StoreError, file path: String) {
    self.error = error
    description = "The file \(path) can't be used: \(error.message)."
  }

  init(_ error: StoreError, server: String?) {
    self.error = error
    guard let server else {
      description = "\(error.message). A URL looks like redis://user:password@127.0.0.1:6390/0"
      return
    }
    var text = "The Redis server at \(server) can't be used: \(error.message)."
    switch error.code {
    case .unavailable, .timedOut: text += " One of your own is started by: redis-server --port 6390 --save ''"
    case .unauthorized:
      text += " A password goes before the host: redis://:password@host:port, or redis://user:password@…"
    default: break
    }
    description = text
  }
}
