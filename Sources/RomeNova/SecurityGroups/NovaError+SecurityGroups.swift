// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such security group: `security_group_id`.
  public static let securityGroupNotFound = Self("SecurityGroupNotFound", under: .notFound)
  /// The project has no security group of that name: `project_id`, `security_group_id`.
  public static let securityGroupNotFoundForProject = Self(
    "SecurityGroupNotFoundForProject", under: .securityGroupNotFound)
  /// The project has a security group of that name already: `project_id`, `security_group_name`.
  public static let securityGroupExists = Self("SecurityGroupExists", under: .invalid)
}
