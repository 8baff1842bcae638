// SPDX-License-Identifier: Apache-2.0

import Rome

/// What a function loads with a fixed address: Nova's `columns_to_join`.
public struct FixedIPJoins: OptionSet, Hashable, Sendable {
  /// One bit for each relation.
  public let rawValue: Int

  /// Makes a set of its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The network that the address lies in.
  public static let network = FixedIPJoins(rawValue: 1)
  /// The instance that has the address.
  public static let instance = FixedIPJoins(rawValue: 2)
  /// The interface that has the address.
  public static let virtualInterface = FixedIPJoins(rawValue: 4)
  /// The floating addresses that lead to the address.
  public static let floatingIPs = FixedIPJoins(rawValue: 8)

  /// Makes a set of names as Nova's callers pass them: `instance`, `floating_ips`.
  ///
  /// - Parameter names: The names.
  /// - Throws: ``NovaError/Code/valueError`` for a name that is none.
  public init(names: [String]) throws(NovaError) {
    self = []
    for name in names {
      guard let relation = Self.byName[name] else {
        throw NovaError(.valueError, detail: "a fixed address has nothing of the name '\(name)' to join")
      }
      formUnion(relation)
    }
  }

  private static let byName: [String: FixedIPJoins] = [
    FixedIp.network.name: .network, FixedIp.instance.name: .instance,
    FixedIp.virtualInterface.name: .virtualInterface, FixedIp.floatingIPs.name: .floatingIPs,
  ]
}

extension NovaCall {
  /// Loads what belongs to fixed addresses.
  func load(_ joins: FixedIPJoins, into rows: inout [NovaRow<FixedIp>]) async throws {
    if joins.contains(.network) { try await session.load(FixedIp.network, into: &rows) }
    if joins.contains(.instance) { try await session.load(FixedIp.instance, into: &rows) }
    if joins.contains(.virtualInterface) { try await session.load(FixedIp.virtualInterface, into: &rows) }
    if joins.contains(.floatingIPs) { try await session.load(FixedIp.floatingIPs, into: &rows) }
  }

  /// A fixed address with what belongs to it.
  func row(_ address: FixedIp, with joins: FixedIPJoins) async throws -> NovaRow<FixedIp> {
    var rows = [NovaRow(address)]
    try await load(joins, into: &rows)
    return rows[0]
  }
}
