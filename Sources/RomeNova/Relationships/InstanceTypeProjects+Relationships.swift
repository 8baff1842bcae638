// SPDX-License-Identifier: Apache-2.0

import Rome

extension InstanceTypeProjects {
  /// The flavor.
  public static let instanceType = NovaToOne<InstanceTypeProjects, InstanceTypes>(
    "instance_type", InstanceTypeProjects.instanceTypeID, InstanceTypes.id, .anyFromLive)
}
