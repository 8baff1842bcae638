// SPDX-License-Identifier: Apache-2.0

public import HTTPService

/// Glance's registry over HTTP: `POST /rpc`.
public struct RegistryResponder: HTTPResponder {
  private let registry: Registry
  private let identity: IdentityFlavor

  /// Makes a responder.
  ///
  /// - Parameters:
  ///   - registry: What answers.
  ///   - identity: How it learns who asks.
  public init(_ registry: Registry, identity: IdentityFlavor = .trustedAuth) {
    self.registry = registry
    self.identity = identity
  }

  /// Answers a list of commands. Who asks is looked at before anything else; the log gets no token and no identity.
  public func answer(_ request: HTTPRequest) async throws(HTTPRefusal) -> HTTPAnswer {
    let context = try identity.context(request.header)
    guard request.path == "/rpc", request.method == "POST" else { throw .noResource }
    let answer = try await registry.answer(request.body, for: context)
    return HTTPAnswer(
      json: answer.body,
      notes: [
        "commands": answer.commands.prefix(8).joined(separator: " "), "count": "\(answer.commands.count)",
        "errors": "\(answer.errors)",
      ])
  }

  /// Whether the store answers.
  public func isHealthy() async -> Bool { await registry.store.answers() }
}
