// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Pools of consoles, consoles, and tokens for them.
  static let consoles: [Method] = [
    Method("console_pool_create", NovaDatabase.consolePoolCreate, "values"),
    Method(
      "console_pool_get_by_host_type", NovaDatabase.consolePoolGetByHostType, .named("compute_host"),
      .named("proxy_host", "host"), .named("console_type")),
    Method("console_pool_get_all_by_host_type", NovaDatabase.consolePoolGetAllByHostType, "host", "console_type"),
    Method("console_create", NovaDatabase.consoleCreate, "values"),
    Method("console_delete", NovaDatabase.consoleDelete, "console_id"),
    Method("console_get_by_pool_instance", NovaDatabase.consoleGetByPoolInstance, "pool_id", "instance_uuid"),
    Method(
      "console_get_all_by_instance", NovaDatabase.consoleGetAllByInstance, .named("instance_uuid"),
      .optional("columns_to_join", or: nil)),
    Method("console_get", NovaDatabase.consoleGet, .named("console_id"), .optional("instance_uuid", or: nil)),
    Method("console_auth_token_create", NovaDatabase.consoleAuthTokenCreate, "values"),
    Method(
      "console_auth_token_get_valid", NovaDatabase.consoleAuthTokenGetValid, .named("token_hash"),
      .optional("instance_uuid", or: nil)),
    Method(
      "console_auth_token_destroy_all_by_instance", NovaDatabase.consoleAuthTokenDestroyAllByInstance,
      "instance_uuid"),
    Method("console_auth_token_destroy_expired", NovaDatabase.consoleAuthTokenDestroyExpired),
    Method("console_auth_token_destroy_expired_by_host", NovaDatabase.consoleAuthTokenDestroyExpiredByHost, "host"),
  ]
}

// The function as Nova's callers pass its arguments.
extension NovaDatabase {
  fileprivate func consoleGetAllByInstance(
    _ context: NovaContext, _ instance: String, _ columnsToJoin: [String]?
  ) async throws(NovaError) -> [NovaRow<Console>] {
    for column in columnsToJoin ?? [] where column != "pool" {
      throw NovaError(.valueError, detail: "a console has nothing of the name '\(column)' to join")
    }
    return try await consoleGetAllByInstance(
      context, instanceUUID: instance, loadingPools: columnsToJoin?.isEmpty == false)
  }
}
