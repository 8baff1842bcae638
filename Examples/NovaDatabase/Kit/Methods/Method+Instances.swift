// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Instances, one at a time.
  static let instances: [Method] = [
    Method("instance_create", NovaDatabase.instanceCreate, "values"),
    Method("security_group_ensure_default", NovaDatabase.securityGroupEnsureDefault),
  ]
}
