// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser

/// Where the data of a server are.
public enum StoreChoice: ExpressibleByArgument, Sendable {
  /// In the memory of the process, gone with it.
  case memory
  /// On a Redis server.
  case redis(url: String)

  /// Reads `memory`, or a URL.
  public init?(argument: String) {
    if argument == "memory" {
      self = .memory
    } else if argument.contains("://") {
      self = .redis(url: argument)
    } else {
      return nil
    }
  }

  /// The choice for the help; without an address, which may hold a password.
  public var defaultValueDescription: String {
    switch self {
    case .memory: "memory"
    case .redis: "redis"
    }
  }
}
