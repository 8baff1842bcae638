// SPDX-License-Identifier: Apache-2.0

import Rome

// Nova has the functions about usages and reservations until Ocata; later releases count what there is.
extension NovaDatabase {
  /// How much of a resource a project, or a user within it, uses.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - projectID: The project.
  ///   - resource: The resource.
  ///   - userID: The user; for a resource that is counted for projects as a whole, the usage of the project is answered
  ///     nevertheless. Nil finds the first usage of the project, whoever's it is.
  /// - Throws: ``NovaError/Code/quotaUsageNotFound``, and ``NovaError/Code/forbidden`` for a caller without a project.
  public func quotaUsageGet(
    _ context: NovaContext, projectID: String, resource: String, userID: String? = nil
  ) async throws(NovaError) -> NovaRow<QuotaUsage> {
    try context.require()
    return try await reading(context) { call in
      var found = call.usages(of: projectID).filter(QuotaUsage.resource == resource)
      if let userID, userID != "" {
        found = found.filter(QuotaUsage.userID == PerProjectResources.user(userID, of: resource))
      }
      guard let usage = try await found.rows().first else { throw NovaError(noUsageOf: projectID) }
      return usage
    }
  }

  /// How much a user of a project uses of each resource, with what is counted for the project as a whole.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func quotaUsageGetAllByProjectAndUser(
    _ context: NovaContext, projectID: String, userID: String
  ) async throws(NovaError) -> QuotaUsages {
    try context.require()
    return try await reading(context) { call in
      let usages = try await call.usages(of: projectID, andUser: userID).all()
      return QuotaUsages(projectID: projectID, userID: userID, amounts: usages.totals)
    }
  }

  /// How much a project uses of each resource: that of its users added up.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func quotaUsageGetAllByProject(
    _ context: NovaContext, projectID: String
  ) async throws(NovaError) -> QuotaUsages {
    try context.require()
    return try await reading(context) { call in
      let usages = try await call.usages(of: projectID).all()
      return QuotaUsages(projectID: projectID, userID: nil, amounts: usages.totals)
    }
  }

  /// Sets how much of a resource a user of a project uses, or the project as a whole where that is what is counted.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - projectID: The project.
  ///   - userID: The user.
  ///   - resource: The resource.
  ///   - values: What is in use, what is reserved, and after how many reservations the usage is counted again. Other columns
  ///     stay as they are.
  /// - Throws: ``NovaError/Code/quotaUsageNotFound``.
  public func quotaUsageUpdate(
    _ context: NovaContext, projectID: String, userID: String?, resource: String, values: NovaValues<QuotaUsage>
  ) async throws(NovaError) {
    try await transaction(context) { call in
      let found = call.usages(of: projectID, andUser: userID).filter(QuotaUsage.resource == resource)
      let changed = try await found.update {
        if let inUse = values.value(of: QuotaUsage.inUse) { $0.set(QuotaUsage.inUse, to: inUse) }
        if let reserved = values.value(of: QuotaUsage.reserved) { $0.set(QuotaUsage.reserved, to: reserved) }
        if let left = values.value(of: QuotaUsage.untilRefresh) { $0.set(QuotaUsage.untilRefresh, to: left) }
        $0.set(QuotaUsage.updatedAt, to: call.now)
      }
      if changed == 0 { throw NovaError(noUsageOf: projectID) }
    }
  }
}

extension NovaCall {
  /// The live usages of a user of a project, and those of the project as a whole.
  fileprivate func usages(of project: String, andUser user: String?) -> RomeQuery<QuotaUsage> {
    usages(of: project).filter(QuotaUsage.userID == user || QuotaUsage.userID == nil)
  }
}

extension NovaError {
  fileprivate init(noUsageOf project: String) {
    self.init(.quotaUsageNotFound, ["project_id": .string(project)])
  }
}
