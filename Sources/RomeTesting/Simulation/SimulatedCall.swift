// SPDX-License-Identifier: Apache-2.0

import Rome

/// A call of a store in the trace of a ``Simulation``.
public struct SimulatedCall: Hashable, Sendable {
  /// When the client called, since the begin of the simulation.
  public let time: Duration
  /// The client.
  public let client: Int
  /// How often the client has died before.
  public let life: Int
  /// What was called.
  public let kind: StoreCall.Kind
  /// What was asked for, with a digest of it.
  public let request: String
  /// When the call ended; nil: it never did.
  public internal(set) var end: Duration?
  /// How the call ended, with a digest of the answer.
  public internal(set) var answer = "no answer"
}

extension SimulatedCall: CustomStringConvertible {
  /// The call in a line.
  public var description: String {
    "\(time) client \(client).\(life) \(kind.rawValue) \(request) → \(answer)\(end.map { " at \($0)" } ?? "")"
  }
}

/// A number that two traces have in common when the same was asked or answered, in whatever order.
struct TraceDigest: CustomStringConvertible {
  private var sum: UInt64 = 0

  /// Adds bytes, by their FNV-1a hash.
  mutating func add(_ parts: some Sequence<UInt8>) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in parts { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
    sum &+= hash
  }

  mutating func add(_ address: RowAddress) {
    add(address.table.utf8)
    add(address.key.bytes)
  }

  mutating func add(_ row: StoredRow?) {
    guard let row else { return }
    add(row.bytes)
    sum &+= row.version.rawValue
  }

  mutating func add(_ write: Write) {
    switch write {
    case .putRow(let address, let bytes):
      add(address)
      add(bytes)
    case .deleteRow(let address): add(address)
    case .putEntry(_, let entry), .deleteEntry(_, let entry): add(entry.key.bytes)
    case .advanceSequence(let name, let number): add("\(name)\(number)".utf8)
    }
  }

  var description: String { "#" + String(sum, radix: 16) }
}
