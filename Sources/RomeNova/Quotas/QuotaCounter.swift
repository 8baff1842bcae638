// SPDX-License-Identifier: Apache-2.0

import Rome

/// What finds out how much of a resource is really in use.
public enum QuotaCounter: Hashable, Sendable {
  /// Nothing. A resource without a counter has limits, but can't be reserved.
  case uncounted
  /// The instances of a user, or of a project: `instances`, their `cores` and their `ram`.
  case instances
  /// The floating addresses of a project that its users have asked for: `floating_ips`.
  case floatingIPs
  /// The fixed addresses of the instances of a project: `fixed_ips`.
  case fixedIPs
  /// The security groups of a user in a project: `security_groups`.
  case securityGroups
  /// The groups of instances of a user in a project: `server_groups`.
  case serverGroups
  /// Somebody else, who has counted already: how much is in use by resource.
  case counted([String: Int])
}

extension NovaCall {
  /// Counts what a user of a project has: live rows, whatever the caller wants to see. The store adds up; no row becomes an
  /// object.
  ///
  /// - Returns: How much is in use, by resource; nil when there is no counter.
  func count(_ counter: QuotaCounter, of project: String?, user: String?) async throws -> [String: Int]? {
    switch counter {
    case .uncounted: return nil
    case .counted(let amounts): return amounts
    case .instances:
      // Instances that may still be restored are not counted.
      var instances = session.select(Rome.count(), Instance.vcpus.sum(), Instance.memoryMB.sum())
        .readDeleted(.no).filter(Instance.projectID == project)
        .filter(Instance.vmState != "soft-delete" || Instance.vmState == nil)
      if let user { instances = instances.filter(Instance.userID == user) }
      let (number, cores, ram) = try await instances.one()
      return ["instances": number, "cores": cores ?? 0, "ram": ram ?? 0]
    case .floatingIPs:
      let addresses = query(FloatingIp.self, readDeleted: .no)
        .filter(FloatingIp.projectID == project, FloatingIp.autoAssigned == false)
      return ["floating_ips": try await addresses.count()]
    case .fixedIPs:
      // An address is in use as long as it says so itself, whatever has become of the instance.
      let addresses = query(FixedIp.self, readDeleted: .yes)
        .join(Instance.self, on: FixedIp.instanceUUID == Instance.uuid)
        .filter(FixedIp.deleted == 0, Instance.projectID == project)
      return ["fixed_ips": try await addresses.count()]
    case .securityGroups:
      let groups = query(SecurityGroup.self, readDeleted: .no)
        .filter(SecurityGroup.projectID == project, SecurityGroup.userID == user)
      return ["security_groups": try await groups.count()]
    case .serverGroups:
      let groups = query(InstanceGroup.self, readDeleted: .no)
        .filter(InstanceGroup.projectID == project, InstanceGroup.userID == user)
      return ["server_groups": try await groups.count()]
    }
  }
}
