// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Puts an instance into a security group. Nova does not check that there are such ones.
  public func instanceAddSecurityGroup(
    _ context: NovaContext, instanceUUID: String, securityGroupID: Int
  ) async throws(NovaError) {
    try await transaction(context) { call in
      try call.make(
        NovaValues<SecurityGroupInstanceAssociation> {
          $0.instanceUUID = instanceUUID
          $0.securityGroupID = securityGroupID
        })
    }
  }

  /// Takes an instance out of a security group: soft-deletes the link between them.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func instanceRemoveSecurityGroup(
    _ context: NovaContext, instanceUUID: String, securityGroupID: Int
  ) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      try await call.query(SecurityGroupInstanceAssociation.self)
        .filter(
          SecurityGroupInstanceAssociation.instanceUUID == instanceUUID,
          SecurityGroupInstanceAssociation.securityGroupID == securityGroupID
        ).softDelete()
    }
  }
}
