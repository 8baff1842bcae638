// SPDX-License-Identifier: Apache-2.0

import Rome

extension FixedIp {
  /// The floating addresses that lead to this one.
  public static let floatingIPs = NovaToMany<FixedIp, FloatingIp>(
    "floating_ips", FixedIp.id, FloatingIp.fixedIpID, .liveFromLive)

  /// The instance that has the address.
  public static let instance = NovaToOne<FixedIp, Instance>(
    "instance", FixedIp.instanceUUID, Instance.uuid, .liveFromLive)

  /// The network that the address lies in.
  public static let network = NovaToOne<FixedIp, Network>("network", FixedIp.networkID, Network.id, .liveFromLive)

  /// The interface that has the address.
  public static let virtualInterface = NovaToOne<FixedIp, VirtualInterface>(
    "virtual_interface", FixedIp.virtualInterfaceID, VirtualInterface.id, .liveFromLive)
}
