// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Where the images are.
enum StoreChoice: ExpressibleByArgument {
  /// In the memory of the process, gone with it.
  case memory
  /// On a Redis server.
  case redis(url: String)

  init?(argument: String) {
    if argument == "memory" {
      self = .memory
    } else if argument.contains("://") {
      self = .redis(url: argument)
    } else {
      return nil
    }
  }

  /// The choice for the help; without an address, which may hold a password.
  var defaultValueDescription: String {
    switch self {
    case .memory: "memory"
    case .redis: "redis"
    }
  }
}
