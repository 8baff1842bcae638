// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The id of a request, by which the logs of several services are brought together: `req-` and a UUID, or what the client
/// has sent.
public struct RequestID: Sendable, CustomStringConvertible {
  /// The id as text.
  public let description: String

  /// - Parameter sent: The id that the client has sent. One that is empty, long, or more than letters, digits, dashes,
  ///   underscores and points is not taken, for the sake of the log.
  init(sent: String?) {
    if let sent, (1...64).contains(sent.utf8.count), sent.utf8.allSatisfy(Self.isPlain) {
      description = sent.hasPrefix("req-") ? sent : "req-" + sent
    } else {
      description = "req-" + UUID().uuidString.lowercased()
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch Character(Unicode.Scalar(byte)) {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
    default: false
    }
  }
}
