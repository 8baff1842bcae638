// SPDX-License-Identifier: Apache-2.0

/// Where a Redis server listens.
public enum RedisAddress: Hashable, Sendable {
  /// A TCP port of a host, by its name or its IP address.
  case tcp(host: String, port: UInt16)
  /// A unix domain socket, by its path in the file system.
  case unix(path: String)
}

extension RedisAddress: CustomStringConvertible {
  /// The host and the port, or the path.
  public var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): path
    }
  }
}
