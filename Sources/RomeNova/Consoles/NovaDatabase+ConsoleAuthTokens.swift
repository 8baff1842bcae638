// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

// Nova has these functions since Ocata.
extension NovaDatabase {
  /// Adds a token for a console of an instance of the caller's project.
  ///
  /// - Throws: ``NovaError/Code/instanceNotFound``.
  public func consoleAuthTokenCreate(
    _ context: NovaContext, values: NovaValues<ConsoleAuthToken>
  ) async throws(NovaError) -> NovaRow<ConsoleAuthToken> {
    try await transaction(context, translating: { $0.duplicateEntry(in: ConsoleAuthToken.self) }) { call in
      try await call.requireConsoleInstance(values.instanceUUID)
      return NovaRow(try await call.insert(values))
    }
  }

  /// The token of a hash, if it has not lapsed.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - tokenHash: The hash of the token.
  ///   - instanceUUID: The instance of the caller's project that the token must be for. Only releases since Rocky take nil,
  ///     for any instance.
  /// - Throws: ``NovaError/Code/instanceNotFound``.
  public func consoleAuthTokenGetValid(
    _ context: NovaContext, tokenHash: String, instanceUUID: String? = nil
  ) async throws(NovaError) -> NovaRow<ConsoleAuthToken>? {
    try await reading(context) { call in
      let tokens = call.consoleTokens.filter(ConsoleAuthToken.tokenHash == tokenHash)
      let valid = tokens.filter(ConsoleAuthToken.expires > call.seconds)
      guard let instanceUUID else { return try await valid.rows().first }
      try await call.requireConsoleInstance(instanceUUID)
      return try await valid.filter(ConsoleAuthToken.instanceUUID == instanceUUID).rows().first
    }
  }

  /// Deletes all tokens for consoles of an instance for good.
  public func consoleAuthTokenDestroyAllByInstance(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) {
    try await transaction(context) { call in
      _ = try await call.consoleTokens.filter(ConsoleAuthToken.instanceUUID == instanceUUID).delete()
    }
  }

  /// Deletes all tokens that have lapsed for good. Nova has it since Rocky.
  public func consoleAuthTokenDestroyExpired(_ context: NovaContext) async throws(NovaError) {
    try await transaction(context) { call in
      _ = try await call.consoleTokens.filter(ConsoleAuthToken.expires <= call.seconds).delete()
    }
  }

  /// Deletes the tokens for consoles on a host that have lapsed for good.
  public func consoleAuthTokenDestroyExpiredByHost(_ context: NovaContext, host: String) async throws(NovaError) {
    try await transaction(context) { call in
      _ = try await call.consoleTokens.filter(ConsoleAuthToken.host == host, ConsoleAuthToken.expires <= call.seconds)
        .delete()
    }
  }
}

extension NovaCall {
  fileprivate var consoleTokens: RomeQuery<ConsoleAuthToken> { query(ConsoleAuthToken.self) }

  /// The time of the call in whole seconds since 1970.
  fileprivate var seconds: Int { Int(now.timeIntervalSince1970.rounded(.down)) }

  fileprivate func requireConsoleInstance(_ uuid: String) async throws {
    let instances = query(Instance.self, readDeleted: .no).filter(Instance.uuid == uuid)
    let seen = context.isUserContext ? instances.filter(Instance.projectID == context.projectID) : instances
    guard try await seen.exists() else {
      throw NovaError(.instanceNotFound, ["instance_id": .string(uuid)])
    }
  }
}
