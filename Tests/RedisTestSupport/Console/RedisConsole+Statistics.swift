// SPDX-License-Identifier: Apache-2.0

extension RedisConsole {
  /// The fields of `INFO`.
  /// - Parameter section: The section to ask for, such as `stats`.
  /// - Returns: The values by their names.
  /// - Throws: As `run`.
  public func info(_ section: String) throws(RedisTestError) -> [String: String] {
    var fields: [String: String] = [:]
    for line in (try run("INFO", section).text ?? "").split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { fields[String(parts[0])] = String(parts[1]) }
    }
    return fields
  }

  /// How often the server has run each command since its start or `CONFIG RESETSTAT`, from `INFO commandstats`; scripts
  /// count with the commands in them.
  /// - Returns: The numbers of calls by the commands' names in lower case, as `evalsha` and `client|list`.
  /// - Throws: As `run`.
  public func commandCalls() throws(RedisTestError) -> [String: Int] {
    var calls: [String: Int] = [:]
    for (name, value) in try info("commandstats") where name.hasPrefix("cmdstat_") {
      guard let field = value.split(separator: ",").first, field.hasPrefix("calls=") else { continue }
      calls[String(name.dropFirst(8))] = Int(field.dropFirst(6))
    }
    return calls
  }

  /// The clients of the server, from `CLIENT LIST`.
  /// - Returns: The fields of each, such as `id`, `name`, `user`, `db`, `cmd`.
  /// - Throws: As `run`.
  public func clients() throws(RedisTestError) -> [[String: String]] {
    (try run("CLIENT", "LIST").text ?? "").split(whereSeparator: \.isNewline).map { line in
      var fields: [String: String] = [:]
      for field in line.split(separator: " ") {
        let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 { fields[String(parts[0])] = String(parts[1]) }
      }
      return fields
    }
  }
}
