// SPDX-License-Identifier: Apache-2.0

import Rome

extension InstanceGroup {
  /// The names of the policies, and the UUIDs of the members.
  public static func properties(of row: NovaRow<InstanceGroup>, _ options: NovaOptions) -> [String: NovaField] {
    var properties: [String: NovaField] = [:]
    if let policies = row[InstanceGroup.policies] {
      properties["policies"] = .list(policies.map { NovaField($0.policy) })
    }
    if let members = row[InstanceGroup.members] {
      properties["members"] = .list(members.map { NovaField($0.instanceID) })
    }
    return properties
  }
}

extension NovaCall {
  /// A group with its policies and members.
  func load(_ group: InstanceGroup) async throws -> NovaRow<InstanceGroup> {
    var rows = [NovaRow(group)]
    try await loadParts(into: &rows)
    return rows[0]
  }

  /// The groups of a query, with their policies and members.
  func load(_ groups: RomeQuery<InstanceGroup>) async throws -> [NovaRow<InstanceGroup>] {
    var rows = try await groups.rows()
    try await loadParts(into: &rows)
    return rows
  }

  private func loadParts(into groups: inout [NovaRow<InstanceGroup>]) async throws {
    try await session.load(InstanceGroup.policies, into: &groups)
    try await session.load(InstanceGroup.members, into: &groups)
  }
}
