// SPDX-License-Identifier: Apache-2.0

/// Who asks: what the rules of visibility and of change look at.
public struct GlanceContext: Hashable, Sendable {
  /// The user; nil when nobody said.
  public var user: String?
  /// The tenant, also called project, that the caller acts for; nil when nobody said.
  public var owner: String?
  /// The roles in lower case.
  public var roles: [String]
  /// Whether the caller sees and changes everything.
  public var isAdmin: Bool

  /// Describes a caller.
  ///
  /// - Parameters:
  ///   - user: The user.
  ///   - owner: The tenant that the caller acts for.
  ///   - roles: The roles, in any case.
  ///   - isAdmin: Whether the caller sees and changes everything; without it, whether `admin` is among the roles.
  public init(user: String? = nil, owner: String? = nil, roles: [String] = [], isAdmin: Bool? = nil) {
    self.user = user
    self.owner = owner
    self.roles = roles.map { $0.lowercased() }
    self.isAdmin = isAdmin ?? self.roles.contains("admin")
  }

  /// An administrator without a tenant, as which a registry without authentication sees everybody.
  public static let admin = GlanceContext(isAdmin: true)
}
