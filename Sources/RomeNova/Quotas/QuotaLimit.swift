// SPDX-License-Identifier: Apache-2.0

/// The limit of a resource: one of a project, or one of a user within it.
public enum QuotaLimit: Sendable {
  /// The limit of a project.
  case project(NovaRow<Quota>)
  /// The limit of a user within a project.
  case user(NovaRow<ProjectUserQuota>)

  /// The name of the resource.
  public var resource: String {
    switch self {
    case .project(let row): row.resource
    case .user(let row): row.resource
    }
  }

  /// The greatest number that is allowed; -1 for no limit.
  public var hardLimit: Int? {
    switch self {
    case .project(let row): row.hardLimit
    case .user(let row): row.hardLimit
    }
  }
}

/// The limits of a project, of a user within it, or of a class of quotas.
public struct QuotaLimits: Hashable, Sendable {
  /// Whose limits they are.
  public enum Owner: Hashable, Sendable {
    /// A project.
    case project(String)
    /// A user within a project.
    case user(String, project: String)
    /// All projects of a class.
    case quotaClass(String)
  }

  /// Whose limits they are.
  public let owner: Owner
  /// The limits by resource: -1 for no limit.
  public let limits: [String: Int?]

  init(_ owner: Owner, _ limits: [(resource: String?, hardLimit: Int?)]) {
    self.owner = owner
    self.limits = Dictionary(
      limits.compactMap { limit in limit.resource.map { ($0, limit.hardLimit) } }, uniquingKeysWith: { $1 })
  }

  /// The limit of a resource: -1 for no limit; nil when there is no row that says it.
  public subscript(resource: String) -> Int? { limits[resource] ?? nil }
}

/// The resources that are counted for projects as a whole, not for users.
enum PerProjectResources {
  private static let names: Set<String> = ["fixed_ips", "floating_ips", "networks"]

  /// The user whose share of a resource counts; nil when that of the project does.
  static func user(_ userID: String?, of resource: String) -> String? {
    names.contains(resource) || userID == "" ? nil : userID
  }
}
