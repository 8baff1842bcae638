// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such group of instances: `group_uuid`.
  public static let instanceGroupNotFound = Self("InstanceGroupNotFound", under: .notFound)
  /// A group of instances has that UUID: `group_uuid`.
  public static let instanceGroupIDExists = Self("InstanceGroupIdExists")
  /// The group has no such member: `group_uuid`, `instance_id`.
  public static let instanceGroupMemberNotFound = Self("InstanceGroupMemberNotFound", under: .notFound)
}
