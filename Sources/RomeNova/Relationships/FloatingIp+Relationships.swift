// SPDX-License-Identifier: Apache-2.0

import Rome

extension FloatingIp {
  /// The fixed address that this one leads to.
  public static let fixedIP = NovaToOne<FloatingIp, FixedIp>(
    "fixed_ip", FloatingIp.fixedIpID, FixedIp.id, .liveFromLive)
}
