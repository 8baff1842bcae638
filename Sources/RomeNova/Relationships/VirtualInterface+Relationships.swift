// SPDX-License-Identifier: Apache-2.0

import Rome

extension VirtualInterface {
  /// The addresses of the interface.
  public static let fixedIPs = NovaToMany<VirtualInterface, FixedIp>(
    "fixed_ips", VirtualInterface.id, FixedIp.virtualInterfaceID, .liveFromLive)
}
