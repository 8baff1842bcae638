// SPDX-License-Identifier: Apache-2.0

import Rome

/// What a function loads with the security groups that it answers: Nova's `columns_to_join`.
public struct SecurityGroupJoins: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// Rows that belong to a security group, by their path in Nova.
  public enum Relation: String, Hashable, Sendable, CaseIterable {
    /// The rules.
    case rules
    /// The rules, each with the group whose instances it lets in.
    case granteeGroups = "rules.grantee_group"
    /// The instances.
    case instances
    /// The instances, with their info caches.
    case instanceInfoCaches = "instances.info_cache"
    /// The instances, with the metadata of their users.
    case instanceMetadata = "instances.metadata"
    /// The instances, with the metadata of Nova.
    case instanceSystemMetadata = "instances.system_metadata"
  }

  /// What is loaded.
  public var relations: Set<Relation>

  /// Makes a choice.
  public init(_ relations: Set<Relation> = []) { self.relations = relations }

  /// Makes a choice.
  public init(arrayLiteral elements: Relation...) { relations = Set(elements) }

  /// Makes a choice of paths as Nova's callers pass them: `rules.grantee_group`.
  ///
  /// - Throws: ``NovaError/Code/valueError`` for a path that is none.
  public init(names: [String]) throws(NovaError) {
    relations = []
    for name in names {
      guard let relation = Relation(rawValue: name) else {
        throw NovaError(.valueError, detail: "a security group has nothing of the name '\(name)' to join")
      }
      relations.insert(relation)
    }
  }

  /// The rules, each with the group whose instances it lets in.
  static let rulesAndGrantees: SecurityGroupJoins = [.granteeGroups]

  fileprivate func loads(_ relations: Relation...) -> Bool { !self.relations.isDisjoint(with: relations) }
}

/// What a function loads with the rules of security groups that it answers: Nova's `columns_to_join`.
public struct SecurityGroupRuleJoins: Hashable, Sendable {
  /// Whether a rule comes with its group.
  public var parentGroup: Bool
  /// What comes with the group whose instances a rule lets in; nil when that group does not come at all.
  public var granteeGroup: SecurityGroupJoins?

  /// Makes a choice.
  ///
  /// - Parameters:
  ///   - parentGroup: Whether a rule comes with its group.
  ///   - granteeGroup: What comes with the group whose instances a rule lets in; nil when that group does not come at all.
  public init(parentGroup: Bool = false, granteeGroup: SecurityGroupJoins? = nil) {
    self.parentGroup = parentGroup
    self.granteeGroup = granteeGroup
  }

  /// Makes a choice of paths as Nova's callers pass them: `grantee_group.instances`.
  ///
  /// - Throws: ``NovaError/Code/valueError`` for a path that is none.
  public init(names: [String]) throws(NovaError) {
    self.init(parentGroup: names.contains("parent_group"))
    for name in names where name != "parent_group" {
      var grantee = granteeGroup ?? []
      if name.hasPrefix("grantee_group.") {
        grantee.relations.formUnion(
          try SecurityGroupJoins(names: [String(name.dropFirst("grantee_group.".count))]).relations)
      } else if name != "grantee_group" {
        throw NovaError(.valueError, detail: "a rule of a security group has nothing of the name '\(name)' to join")
      }
      granteeGroup = grantee
    }
  }

  /// The groups whose instances the rules let in, with those instances, and what the network needs to know of them.
  public static let grantedInstances = SecurityGroupRuleJoins(
    granteeGroup: [.instanceSystemMetadata, .instanceInfoCaches])
}

extension NovaCall {
  /// Loads what belongs to security groups: one query for each table, two for the instances.
  func load(_ joins: SecurityGroupJoins, into groups: inout [NovaRow<SecurityGroup>]) async throws {
    if joins.loads(.rules, .granteeGroups) {
      try await session.load(SecurityGroup.rules, into: &groups) { rules in
        if joins.loads(.granteeGroups) {
          try await session.load(SecurityGroupIngressRule.granteeGroup, into: &rules)
        }
      }
    }
    guard joins.loads(.instances, .instanceInfoCaches, .instanceMetadata, .instanceSystemMetadata) else { return }
    try await session.load(SecurityGroup.instances, into: &groups) { instances in
      if joins.loads(.instanceInfoCaches) { try await session.load(Instance.infoCache, into: &instances) }
      if joins.loads(.instanceMetadata) { try await session.load(Instance.metadata, into: &instances) }
      if joins.loads(.instanceSystemMetadata) { try await session.load(Instance.systemMetadata, into: &instances) }
    }
  }

  /// Loads what belongs to a security group.
  func load(_ joins: SecurityGroupJoins, into group: inout NovaRow<SecurityGroup>) async throws {
    var groups = [group]
    try await load(joins, into: &groups)
    group = groups[0]
  }

  /// Loads what belongs to rules of security groups.
  func load(_ joins: SecurityGroupRuleJoins, into rules: inout [NovaRow<SecurityGroupIngressRule>]) async throws {
    if joins.parentGroup { try await session.load(SecurityGroupIngressRule.parentGroup, into: &rules) }
    guard let grantee = joins.granteeGroup else { return }
    try await session.load(SecurityGroupIngressRule.granteeGroup, into: &rules) { groups in
      try await load(grantee, into: &groups)
    }
  }
}
