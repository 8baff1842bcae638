// SPDX-License-Identifier: Apache-2.0

import Rome

extension InstanceTypes {
  /// What a host must have for the flavor.
  public static let extraSpecs = NovaToMany<InstanceTypes, InstanceTypeExtraSpecs>(
    "extra_specs", InstanceTypes.id, InstanceTypeExtraSpecs.instanceTypeID, .live)

  /// The projects that may use the flavor.
  public static let projects = NovaToMany<InstanceTypes, InstanceTypeProjects>(
    "projects", InstanceTypes.id, InstanceTypeProjects.instanceTypeID, .live)
}
