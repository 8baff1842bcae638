// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport

/// All that a server holds under some keys, as it would be saved.
struct Contents: Equatable {
  /// The values by their keys.
  private(set) var values: [String: Reply] = [:]

  /// Looks at a server.
  init(_ console: RedisConsole, _ pattern: String = "*") throws {
    var position = "0"
    repeat {
      let page = try console.run("SCAN", position, "MATCH", pattern, "COUNT", "1000").members ?? []
      position = page.first?.text ?? "0"
      for key in page.last?.members ?? [] {
        guard let key = key.text else { continue }
        values[key] = try console.run("DUMP", key)
      }
    } while position != "0"
  }
}
