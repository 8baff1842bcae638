// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds a rule of the provider.
  public func providerFirewallRuleCreate(
    _ context: NovaContext, values: NovaValues<ProviderFirewallRule>
  ) async throws(NovaError) -> NovaRow<ProviderFirewallRule> {
    try await transaction(context) { call in NovaRow(try await call.insert(values)) }
  }

  /// All rules of the provider.
  public func providerFirewallRuleGetAll(
    _ context: NovaContext
  ) async throws(NovaError) -> [NovaRow<ProviderFirewallRule>] {
    try await reading(context) { call in try await call.query(ProviderFirewallRule.self).rows() }
  }

  /// Soft-deletes a rule of the provider; one that is deleted already is deleted again.
  public func providerFirewallRuleDestroy(_ context: NovaContext, id: Int) async throws(NovaError) {
    try await transaction(context) { call in
      _ = try await call.query(ProviderFirewallRule.self, readDeleted: .yes).filter(ProviderFirewallRule.id == id)
        .softDelete()
    }
  }
}
