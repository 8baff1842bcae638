// SPDX-License-Identifier: Apache-2.0

internal import Foundation
public import Rome

extension RedisConfiguration {
  /// Makes a configuration of a URL.
  ///
  /// ```
  /// redis://user:password@host:6379/2?namespace=shop&timeout=2
  /// unix:///run/redis/redis.sock?db=2&user=app&password=secret
  /// ```
  ///
  /// All parts but the scheme have defaults. The query may set `namespace`, `name` (of the client), `timeout` and
  /// `connect_timeout` (seconds), `db`, `user`, `password`, `fetch` (`oneRoundTrip`, `twoRoundTrips`) and `eviction`
  /// (`refuse`, `accept`). Reserved characters are percent-encoded.
  ///
  /// - Parameter url: The URL.
  /// - Throws: `StoreError` with the code `refused` that names the part that is wrong, never its value.
  public init(url: String) throws(StoreError) {
    guard let parts = URLComponents(string: url), let scheme = parts.scheme else {
      throw Self.wrong("it is no URL")
    }
    guard parts.fragment == nil else {
      throw Self.wrong("it has a #, which must be written as %23 in a user or a password")
    }
    switch scheme {
    case "redis":
      guard parts.port.map({ (1...65_535).contains($0) }) ?? true, let port = UInt16(exactly: parts.port ?? 6379) else {
        throw Self.wrong("the port is not one from 1 to 65535")
      }
      var host = parts.host ?? ""
      if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
      self.init(.tcp(host: host.isEmpty ? "127.0.0.1" : host, port: port))
      let path = parts.path.drop { $0 == "/" }
      if !path.isEmpty { database = try Self.number(String(path), "the database") }
    case "unix", "redis+unix", "redis+socket":
      guard parts.host?.isEmpty ?? true, !parts.path.isEmpty else {
        throw Self.wrong("the path of a socket must begin with a slash: unix:///path")
      }
      self.init(.unix(path: parts.path))
    case "rediss":
      throw Self.wrong("TLS is not supported: use a tunnel, such as stunnel")
    default:
      throw Self.wrong("the scheme is none of redis and unix")
    }
    if let name = parts.user, !name.isEmpty { user = name }
    if let secret = parts.password { password = secret }
    for item in parts.queryItems ?? [] { try apply(item.name, item.value ?? "") }
    try validate()
  }

  private mutating func apply(_ name: String, _ value: String) throws(StoreError) {
    switch name {
    case "namespace": namespace = value
    case "name": clientName = value
    case "db": database = try Self.number(value, "the database")
    case "user": user = value
    case "password": password = value
    case "timeout": requestTimeout = try Self.seconds(value, "timeout")
    case "connect_timeout": connectTimeout = try Self.seconds(value, "connect_timeout")
    case "fetch":
      guard let fetch = RowFetch(rawValue: value) else { throw Self.wrong("fetch is none of its values") }
      rowFetch = fetch
    case "eviction":
      guard let policy = EvictionPolicy(rawValue: value) else { throw Self.wrong("eviction is none of its values") }
      eviction = policy
    default:
      throw Self.wrong("it has an unknown parameter")
    }
  }

  private static func number(_ text: String, _ what: String) throws(StoreError) -> Int {
    guard let number = Int(text), number >= 0 else { throw wrong("\(what) is no number") }
    return number
  }

  private static func seconds(_ text: String, _ what: String) throws(StoreError) -> Duration {
    guard let seconds = Double(text), seconds > 0, seconds < 1e6 else { throw wrong("\(what) is no positive number") }
    return .seconds(seconds)
  }

  private static func wrong(_ message: String) -> StoreError {
    StoreError(.refused, "the URL of the Redis server: " + message)
  }
}
