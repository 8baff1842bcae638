// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The security group `default` of the caller's project, which is made when it is missing: with a copy of the default
  /// rules, and, before Train, counted in the usage of the caller's quota.
  ///
  /// A group that this call has made shows its rules as an empty list; one that was there shows none.
  public func securityGroupEnsureDefault(_ context: NovaContext) async throws(NovaError) -> NovaRow<SecurityGroup> {
    // It is nearly always there, and to see that takes no transaction.
    let found = try await reading(context) { call in
      try await call.securityGroups(named: [SecurityGroup.defaultName]).first.map { NovaRow($0) }
    }
    if let found { return found }
    do {
      return try await transaction(context) { error in
        guard error.isDuplicate(in: SecurityGroup.self) else { return nil }
        return NovaError(
          .securityGroupExists,
          ["project_id": NovaField(context.projectID), "security_group_name": .string(SecurityGroup.defaultName)])
      } _: { call in
        let (group, isNew) = try await call.ensureDefaultSecurityGroup()
        try await call.session.flush()
        var row = NovaRow(group)
        if isNew { row[SecurityGroup.rules] = [] }
        return row
      }
    } catch {
      guard error.code == .securityGroupExists else { throw error }
      // Somebody else was faster.
      return try await reading(context) { call in
        NovaRow(try await call.requireSecurityGroups(named: [SecurityGroup.defaultName])[0])
      }
    }
  }
}

extension SecurityGroup {
  /// The name of the group that each project has.
  static let defaultName = "default"
}

extension NovaCall {
  /// The live groups of the caller's project that have one of the names.
  func securityGroups(named names: [String]) async throws(RomeError) -> [SecurityGroup] {
    try await query(SecurityGroup.self, readDeleted: .no)
      .filter(SecurityGroup.name.in(names), SecurityGroup.projectID == context.projectID).byKey().all()
  }

  /// The live groups of the caller's project that have the names.
  ///
  /// - Throws: ``NovaError/Code/securityGroupNotFoundForProject`` for the first name without a group.
  func requireSecurityGroups(named names: [String]) async throws -> [SecurityGroup] {
    let groups = try await securityGroups(named: names)
    let found = Set(groups.map(\.name))
    if let missing = names.first(where: { !found.contains($0) }) {
      throw NovaError(
        .securityGroupNotFoundForProject,
        ["project_id": NovaField(context.projectID), "security_group_id": .string(missing)])
    }
    return groups
  }

  /// The default group of the caller's project, made when it is missing, and whether that was so.
  func ensureDefaultSecurityGroup() async throws -> (group: SecurityGroup, isNew: Bool) {
    if let group = try await securityGroups(named: [SecurityGroup.defaultName]).first { return (group, false) }
    let group = try await insert(
      NovaValues<SecurityGroup> {
        $0.name = SecurityGroup.defaultName
        $0.description = SecurityGroup.defaultName
        $0.userID = context.userID
        $0.projectID = context.projectID
      })
    if options.release < .train { try await countDefaultSecurityGroup() }
    for rule in try await query(SecurityGroupIngressDefaultRule.self).byKey().all() {
      try make(
        NovaValues<SecurityGroupIngressRule> {
          $0.protocol = rule.protocol
          $0.fromPort = rule.fromPort
          $0.toPort = rule.toPort
          $0.cidr = rule.cidr
          $0.parentGroupID = group.id
        })
    }
    return (group, true)
  }

  /// Counts a new default group in the usage of the caller's quota.
  private func countDefaultSecurityGroup() async throws {
    let usages = try await query(QuotaUsage.self, readDeleted: .no)
      .filter(
        QuotaUsage.projectID == context.projectID, QuotaUsage.userID == context.userID,
        QuotaUsage.resource == "security_groups"
      ).byKey().all()
    if let inUse = usages.first?.inUse {
      for usage in usages { usage.inUse = inUse + 1 }
    } else {
      try make(
        NovaValues<QuotaUsage> {
          $0.projectID = context.projectID
          $0.userID = context.userID
          $0.resource = "security_groups"
          $0.inUse = 1
          $0.reserved = 0
          $0.untilRefresh = options.untilRefresh
          // Tells how old the count is.
          $0.updatedAt = now
        })
    }
  }
}
