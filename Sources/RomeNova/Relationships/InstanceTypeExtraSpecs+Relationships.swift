// SPDX-License-Identifier: Apache-2.0

import Rome

extension InstanceTypeExtraSpecs {
  /// The flavor.
  public static let instanceType = NovaToOne<InstanceTypeExtraSpecs, InstanceTypes>(
    "instance_type", InstanceTypeExtraSpecs.instanceTypeID, InstanceTypes.id, .anyFromLive)
}
