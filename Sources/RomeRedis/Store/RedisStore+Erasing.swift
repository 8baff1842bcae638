// SPDX-License-Identifier: Apache-2.0

public import Rome

extension RedisStore {
  /// Removes everything that the namespace holds, for tests and for the end of a tenant. It walks over all keys of the
  /// database, in many small steps; what is written meanwhile may stay.
  ///
  /// The store and its sessions must not be used afterwards: they remember tables that are gone. Make a new one.
  ///
  /// - Returns: How many keys of Redis were removed.
  /// - Throws: `StoreError` when the server can't answer; part of the namespace may be removed then.
  @discardableResult
  public func eraseNamespace() async throws(StoreError) -> Int {
    let pattern = "{" + configuration.namespace + ":0}:*"
    var position = "0"
    var removed = 0
    repeat {
      var walk = RequestBuilder()
      walk.command("SCAN", position, "MATCH", pattern, "COUNT", "1000")
      var cursor = ReplyCursor(try await perform(walk, .upkeep))
      _ = try cursor.array()
      position = String(decoding: try cursor.bytes(), as: UTF8.self)
      var keys: [ArraySlice<UInt8>] = []
      for _ in 0..<(try cursor.array()) { keys.append(try cursor.bytes()) }
      if keys.isEmpty { continue }
      var removal = RequestBuilder()
      removal.begin(1 + keys.count)
      removal.append("UNLINK")
      for key in keys { removal.append(key) }
      var answer = ReplyCursor(try await perform(removal, .upkeep))
      removed += try answer.integer()
    } while position != "0"
    return removed
  }
}
