// SPDX-License-Identifier: Apache-2.0

public import Rome

/// Who calls a function of Nova, and what he wants to see: the request context.
public struct NovaContext: Hashable, Sendable {
  /// The user who asks; nil for a part of Nova itself.
  public var userID: String?
  /// The project that the user asks for; nil for a part of Nova itself.
  public var projectID: String?
  /// Whether the caller is an administrator, who sees all projects.
  public var isAdmin: Bool
  /// Whether soft-deleted rows are seen.
  public var readDeleted: ReadDeleted
  /// The roles of the user.
  public var roles: [String]
  /// The class of quotas that the project has.
  public var quotaClass: String?
  /// The number of the request, for logs.
  public var requestID: String?
  /// The address that the request came from.
  public var remoteAddress: String?

  /// Makes a context.
  public init(
    userID: String? = nil, projectID: String? = nil, isAdmin: Bool = false, readDeleted: ReadDeleted = .no,
    roles: [String] = [], quotaClass: String? = nil, requestID: String? = nil, remoteAddress: String? = nil
  ) {
    self.userID = userID
    self.projectID = projectID
    self.isAdmin = isAdmin
    self.readDeleted = readDeleted
    self.roles = roles
    self.quotaClass = quotaClass
    self.requestID = requestID
    self.remoteAddress = remoteAddress
  }

  /// The context of a part of Nova itself: an administrator for an anonymous caller.
  public static let admin = NovaContext(isAdmin: true)

  /// A user of a project.
  public static func user(_ userID: String, of projectID: String) -> NovaContext {
    NovaContext(userID: userID, projectID: projectID)
  }

  /// The same caller who sees other rows.
  public func reading(_ readDeleted: ReadDeleted) -> NovaContext {
    var copy = self
    copy.readDeleted = readDeleted
    return copy
  }

  /// The same caller with the rights of an administrator.
  public func elevated() -> NovaContext {
    var copy = self
    copy.isAdmin = true
    return copy
  }

  /// Whether the caller is a user of a project, and no administrator: then it sees what is of its project.
  public var isUserContext: Bool { !isAdmin && userID != nil && projectID != nil }

  /// Refuses callers who are neither administrators nor users of a project.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func require() throws(NovaError) {
    guard isAdmin || (userID != nil && projectID != nil) else { throw NovaError(.forbidden) }
  }

  /// Refuses users of other projects.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func authorize(project: String?) throws(NovaError) {
    guard isUserContext else { return }
    guard let projectID, projectID == project else { throw NovaError(.forbidden) }
  }

  /// Refuses other users.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func authorize(user: String?) throws(NovaError) {
    guard isUserContext else { return }
    guard let userID, userID == user else { throw NovaError(.forbidden) }
  }

  /// Refuses other classes of quotas.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func authorize(quotaClass name: String?) throws(NovaError) {
    guard isUserContext else { return }
    guard let quotaClass, quotaClass == name else { throw NovaError(.forbidden) }
  }
}
