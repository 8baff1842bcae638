// SPDX-License-Identifier: Apache-2.0

public import HTTPService
public import RomeGlance

/// How a registry learns who asks. The names are those of Glance's own pipelines.
public enum IdentityFlavor: String, CaseIterable, Sendable {
  /// Headers say it, as a proxy that has checked a token sets them, and are believed.
  case trustedAuth = "trusted-auth"
  /// Everybody is an administrator without a tenant.
  case unauthenticated
  /// The token says it in plain text, `user:tenant:role`: for tests.
  case fakeAuth = "fakeauth"

  /// The caller of a request.
  ///
  /// - Parameter header: Gives the value of a header, whatever the case of its name; nil when it is absent.
  /// - Throws: ``HTTPRefusal`` when the request does not say who asks.
  public func context(_ header: (String) -> String?) throws(HTTPRefusal) -> GlanceContext {
    switch self {
    case .unauthenticated: .admin
    case .trustedAuth: try Self.trusted(header)
    case .fakeAuth:
      if let token = header("X-Auth-Token") { try Self.fake(token) } else { try Self.trusted(header) }
    }
  }

  private static func trusted(_ header: (String) -> String?) throws(HTTPRefusal) -> GlanceContext {
    guard header("X-Identity-Status") == "Confirmed" else {
      throw HTTPRefusal(.unauthorized, "The identity is not confirmed")
    }
    return GlanceContext(
      user: header("X-User-Id") ?? header("X-User"),
      owner: header("X-Project-Id") ?? header("X-Tenant-Id") ?? header("X-Tenant"),
      roles: (header("X-Roles") ?? "").split(separator: ",").map { role in
        String(role.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      })
  }

  private static func fake(_ token: String) throws(HTTPRefusal) -> GlanceContext {
    let parts = token.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 else {
      throw HTTPRefusal(.unauthorized, "The token is not 'user:tenant:role'")
    }
    return GlanceContext(user: parts[0], owner: parts[1].lowercased() == "none" ? nil : parts[1], roles: [parts[2]])
  }
}
