// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser

/// Where the data of a server are.
public enum StoreChoice: ExpressibleByArgument, Sendable {
  /// In the memory of the process, gone with it.
  case memory
  /// In a file.
  case file(path: String)
  /// On a Redis server.
  case redis(url: String)

  /// Reads `memory`, `file:` and a path, or a URL.
  public init?(argument: String) {
    if argument == "memory" {
      self = .memory
    } else if argument.hasPrefix("file:"), argument.count > 5, !argument.hasPrefix("file://") {
      self = .file(path: String(argument.dropFirst(5)))
    } else if argument.contains("://"), !argument.hasPrefix("file:") {
      self = .redis(url: argument)
    } else {
      return nil
    }
  }

  /// The choice for the help; without an address, which may hold a password.
  public var defaultValueDescription: String {
    switch self {
    case .memory: "memory"
    case .file: "file"
    case .redis: "redis"
    }
  }
}
