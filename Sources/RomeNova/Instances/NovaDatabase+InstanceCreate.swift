// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension NovaDatabase {
  /// Adds an instance with its metadata, an info cache, the row of what else is known of it, the links to its security groups,
  /// and its EC2 number. The answer has all of them but the last.
  ///
  /// The caller's project gets its default security group first, which stays when the instance can't be added.
  ///
  /// - Throws: ``NovaError/Code/forbidden``, ``NovaError/Code/instanceExists`` when the host name is in use where
  ///   ``NovaOptions/uniqueServerNameScope`` says that it must not be, and
  ///   ``NovaError/Code/securityGroupNotFoundForProject``.
  public func instanceCreate(_ context: NovaContext, values: NewInstance) async throws(NovaError) -> NovaRow<Instance> {
    try context.require()
    _ = try await securityGroupEnsureDefault(context)
    var values = values
    if (values.columns.value(of: Instance.uuid) ?? "").isEmpty {
      values.columns.uuid = UUID().uuidString.lowercased()
    }
    let new = values
    return try await transaction(context) { call in
      try await call.checkServerName(of: new.columns)
      let groups = try await call.securityGroups(of: new)
      return try await call.insert(new, in: groups)
    }
  }
}

extension NovaCall {
  /// Refuses a host name that another live instance has, where names must be unique. The case of letters does not matter.
  ///
  /// Nova looks and writes in two steps, so that of two callers both can get the name; here only one does.
  func checkServerName(of values: NovaValues<Instance>) async throws {
    guard options.uniqueServerNameScope != .none, let name = (values.value(of: Instance.hostname) ?? nil)?.lowercased()
    else { return }
    var others = query(Instance.self, readDeleted: .no).filter(Instance.hostname.lowercased() == name)
    if options.uniqueServerNameScope == .project { others = others.filter(Instance.projectID == context.projectID) }
    if try await others.exists() { throw NovaError(.instanceExists, ["name": .string(name)]) }
  }

  /// The security groups that a new instance names.
  fileprivate func securityGroups(of new: NewInstance) async throws -> [SecurityGroup] {
    var groups: [SecurityGroup] = []
    if new.securityGroups.contains(SecurityGroup.defaultName) {
      groups.append(try await ensureDefaultSecurityGroup().group)
    }
    let names = new.securityGroups.filter { $0 != SecurityGroup.defaultName }
    if !names.isEmpty { groups += try await requireSecurityGroups(named: names) }
    return groups
  }

  /// Adds an instance with what belongs to it.
  fileprivate func insert(_ new: NewInstance, in groups: [SecurityGroup]) async throws -> NovaRow<Instance> {
    let instance = try make(new.columns)
    let uuid = instance.uuid
    let metadata = try makeItems(InstanceMetadata.self, new.metadata, of: uuid)
    let systemMetadata = try makeItems(InstanceSystemMetadata.self, new.systemMetadata, of: uuid)
    let infoCache = try make(new.infoCache)
    infoCache.instanceUUID = uuid
    let extra = try make(new.extra)
    extra.instanceUUID = uuid
    for group in groups {
      try make(
        NovaValues<SecurityGroupInstanceAssociation> {
          $0.instanceUUID = uuid
          $0.securityGroupID = group.id
        })
    }
    try make(NovaValues<InstanceIdMapping> { $0.uuid = uuid })
    try await session.flush()

    var row = NovaRow(instance)
    row[Instance.metadata] = metadata.map { NovaRow($0) }
    row[Instance.systemMetadata] = systemMetadata.map { NovaRow($0) }
    row[Instance.infoCache] = NovaRow(infoCache)
    var extraRow = NovaRow(extra)
    extraRow.unloadedColumns = writtenExtraColumns(of: new).unloadedNames
    row[Instance.extra] = extraRow
    row[Instance.securityGroups] = groups.map { NovaRow($0) }
    if options.release >= .train { row[Instance.fault] = .some(nil) }
    return row
  }

  /// The columns of the extra row that the answer shows: those that Nova always writes, and those that the caller did.
  private func writtenExtraColumns(of new: NewInstance) -> Set<InstanceExtraColumn> {
    var columns: Set<InstanceExtraColumn> = [.numaTopology, .pciRequests, .vcpuModel]
    if options.release >= .train { columns.formUnion([.trustedCerts, .resources]) }
    return columns.union(new.extra.assigned.keys.compactMap { InstanceExtraColumn(rawValue: $0) })
  }
}
