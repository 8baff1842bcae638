// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Rome

extension NovaDatabase {
  /// Takes addresses that are no longer in use away from their instances, and ends their leases.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - host: The host that is responsible for the addresses: the one of the network, or that of the instance where each host
  ///     runs the network for its own instances.
  ///   - time: Only addresses that were not changed since then.
  /// - Returns: The number of addresses.
  public func fixedIPDisassociateAllByTimeout(
    _ context: NovaContext, host: String, time: Date
  ) async throws(NovaError) -> Int {
    // What decides, but for the host, is in the rows that are changed. A proof of the whole range of addresses would fail
    // whenever somebody takes one.
    try await transaction(context, isolation: .readCommitted) { call in
      let isOfHost = Network.host == host || (Network.multiHost == true && Instance.host == host)
      let stale = call.session.query(FixedIp.self, readDeleted: .yes)
        .join(Network.self, on: Network.id == FixedIp.networkID)
        .join(Instance.self, on: Instance.uuid == FixedIp.instanceUUID)
        .filter(
          FixedIp.deleted == 0, FixedIp.allocated == false, FixedIp.instanceUUID != nil, FixedIp.updatedAt < time,
          isOfHost)
      let numbers = try await stale.select(FixedIp.id).all()
      var count = 0
      for part in numbers.split(into: Self.addressesPerQuery) {
        count += try await call.query(FixedIp.self)
          .filter(FixedIp.id.in(part), FixedIp.allocated == false, FixedIp.updatedAt < time)
          .update {
            $0.set(FixedIp.instanceUUID, to: nil)
            $0.set(FixedIp.leased, to: false)
            $0.set(FixedIp.updatedAt, to: call.now)
          }
      }
      return count
    }
  }
}
