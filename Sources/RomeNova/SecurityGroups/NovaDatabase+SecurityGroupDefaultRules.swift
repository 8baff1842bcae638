// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// A default rule by its number.
  ///
  /// - Throws: ``NovaError/Code/securityGroupDefaultRuleNotFound``, and ``NovaError/Code/forbidden`` for a caller without a
  ///   project.
  public func securityGroupDefaultRuleGet(
    _ context: NovaContext, id: Int
  ) async throws(NovaError) -> NovaRow<SecurityGroupIngressDefaultRule> {
    try context.require()
    return try await reading(context) { call in
      let found = call.defaultRules.filter(SecurityGroupIngressDefaultRule.id == id)
      guard let rule = try await found.rows().first else { throw NovaError(noDefaultRule: id) }
      return rule
    }
  }

  /// Soft-deletes a default rule.
  ///
  /// - Throws: ``NovaError/Code/securityGroupDefaultRuleNotFound``.
  public func securityGroupDefaultRuleDestroy(_ context: NovaContext, id: Int) async throws(NovaError) {
    try await transaction(context) { call in
      let found = call.defaultRules.filter(SecurityGroupIngressDefaultRule.id == id)
      guard try await found.softDelete() > 0 else { throw NovaError(noDefaultRule: id) }
    }
  }

  /// Adds a rule that the group `default` of new projects begins with.
  public func securityGroupDefaultRuleCreate(
    _ context: NovaContext, values: NovaValues<SecurityGroupIngressDefaultRule>
  ) async throws(NovaError) -> NovaRow<SecurityGroupIngressDefaultRule> {
    try await transaction(context) { call in NovaRow(try await call.insert(values)) }
  }

  /// All default rules.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupDefaultRuleList(
    _ context: NovaContext
  ) async throws(NovaError) -> [NovaRow<SecurityGroupIngressDefaultRule>] {
    try context.require()
    return try await reading(context) { call in try await call.defaultRules.rows() }
  }
}

extension NovaCall {
  fileprivate var defaultRules: RomeQuery<SecurityGroupIngressDefaultRule> {
    query(SecurityGroupIngressDefaultRule.self)
  }
}

extension NovaError {
  fileprivate init(noDefaultRule id: Int) {
    self.init(.securityGroupDefaultRuleNotFound, ["rule_id": NovaField(id)])
  }
}
