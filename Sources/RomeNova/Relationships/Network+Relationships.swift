// SPDX-License-Identifier: Apache-2.0

import Rome

extension Network {
  /// The addresses of the network.
  public static let fixedIPs = NovaToMany<Network, FixedIp>("fixed_ips", Network.id, FixedIp.networkID, .liveFromLive)
}
