// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the operating system holds of connections of the loopback, as `/proc/net/tcp` tells.
enum SocketBuffers {
  /// How many bytes were given to the system for a port, and were not taken by the other side.
  static func unsentBytes(toPort port: Int) -> Int {
    guard let file = fopen("/proc/net/tcp", "r") else { return 0 }
    defer { fclose(file) }
    // It has no size and comes in pieces, so it is read to its end.
    var table = ""
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, Int32(line.count), file) != nil {
      table += String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    let suffix = ":" + String(format: "%04X", port)
    return table.split(separator: "\n").reduce(0) { sum, line in
      let fields = line.split(separator: " ")
      guard fields.count > 4, fields[2].hasSuffix(suffix) else { return sum }
      return sum + (Int(fields[4].prefix(8), radix: 16) ?? 0)
    }
  }
}
