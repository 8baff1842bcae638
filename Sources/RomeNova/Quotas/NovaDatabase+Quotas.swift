// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds a limit: of a user where there is one, and the resource is not counted for projects as a whole; of the project
  /// otherwise. Of two callers who add the same one, one gets it and the other an error.
  ///
  /// - Throws: ``NovaError/Code/quotaExists``.
  public func quotaCreate(
    _ context: NovaContext, projectID: String, resource: String, limit: Int?, userID: String? = nil
  ) async throws(NovaError) -> QuotaLimit {
    try await transaction(context) { error in
      guard error.isDuplicate(in: Quota.self) || error.isDuplicate(in: ProjectUserQuota.self) else { return nil }
      return NovaError(.quotaExists, ["project_id": .string(projectID), "resource": .string(resource)])
    } _: { call in
      guard let userID = PerProjectResources.user(userID, of: resource) else {
        let quota = NovaValues<Quota> {
          $0.projectID = projectID
          $0.resource = resource
          $0.hardLimit = limit
        }
        return .project(NovaRow(try await call.insert(quota)))
      }
      let quota = NovaValues<ProjectUserQuota> {
        $0.projectID = projectID
        $0.userID = userID
        $0.resource = resource
        $0.hardLimit = limit
      }
      return .user(NovaRow(try await call.insert(quota)))
    }
  }

  /// The limit of a project, or the one of a user within it.
  ///
  /// - Throws: ``NovaError/Code/projectQuotaNotFound`` or, for a user, ``NovaError/Code/projectUserQuotaNotFound``, and
  ///   ``NovaError/Code/forbidden`` for a caller without a project.
  public func quotaGet(
    _ context: NovaContext, projectID: String, resource: String, userID: String? = nil
  ) async throws(NovaError) -> QuotaLimit {
    try context.require()
    return try await reading(context) { call in
      guard let userID, userID != "" else {
        let quotas = call.quotas(of: projectID).filter(Quota.resource == resource).order(by: Quota.deleted)
        guard let quota = try await quotas.rows().first else { throw NovaError(noQuotaOf: projectID, user: nil) }
        return .project(quota)
      }
      let quotas = call.quotas(of: userID, in: projectID).filter(ProjectUserQuota.resource == resource)
      guard let quota = try await quotas.order(by: ProjectUserQuota.deleted).rows().first else {
        throw NovaError(noQuotaOf: projectID, user: userID)
      }
      return .user(quota)
    }
  }

  /// The limits of a user within a project that are his own.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func quotaGetAllByProjectAndUser(
    _ context: NovaContext, projectID: String, userID: String
  ) async throws(NovaError) -> QuotaLimits {
    try context.require()
    return try await reading(context) { call in
      let quotas = try await call.quotas(of: userID, in: projectID).byKey().all()
      return QuotaLimits(.user(userID, project: projectID), quotas.map { ($0.resource, $0.hardLimit) })
    }
  }

  /// The live limits of a project that are its own.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func quotaGetAllByProject(_ context: NovaContext, projectID: String) async throws(NovaError) -> QuotaLimits {
    try context.require()
    return try await reading(context) { call in
      let quotas = try await call.quotas(of: projectID, readDeleted: .no).byKey().all()
      return QuotaLimits(.project(projectID), quotas.map { ($0.resource, $0.hardLimit) })
    }
  }

  /// The limits of all users of a project that are their own.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func quotaGetAll(
    _ context: NovaContext, projectID: String
  ) async throws(NovaError) -> [NovaRow<ProjectUserQuota>] {
    try context.require()
    return try await reading(context) { call in
      try await call.query(ProjectUserQuota.self).filter(ProjectUserQuota.projectID == projectID).rows()
    }
  }

  /// Changes a limit: of a user where there is one, and the resource is not counted for projects as a whole; of the
  /// project otherwise.
  ///
  /// - Throws: ``NovaError/Code/projectQuotaNotFound`` or, for a user, ``NovaError/Code/projectUserQuotaNotFound``.
  public func quotaUpdate(
    _ context: NovaContext, projectID: String, resource: String, limit: Int?, userID: String? = nil
  ) async throws(NovaError) {
    let userID = PerProjectResources.user(userID, of: resource)
    try await transaction(context) { call in
      let changed =
        if let userID {
          try await call.quotas(of: userID, in: projectID).filter(ProjectUserQuota.resource == resource).update {
            $0.set(ProjectUserQuota.hardLimit, to: limit)
            $0.set(ProjectUserQuota.updatedAt, to: call.now)
          }
        } else {
          try await call.quotas(of: projectID).filter(Quota.resource == resource).update {
            $0.set(Quota.hardLimit, to: limit)
            $0.set(Quota.updatedAt, to: call.now)
          }
        }
      if changed == 0 { throw NovaError(noQuotaOf: projectID, user: userID) }
    }
  }
}

extension NovaDatabase {
  /// Soft-deletes the limits, usages and reservations of a user within a project. What is counted for the project as a whole
  /// stays.
  public func quotaDestroyAllByProjectAndUser(
    _ context: NovaContext, projectID: String, userID: String
  ) async throws(NovaError) {
    try await transaction(context) { call in
      try await call.quotas(of: userID, in: projectID, readDeleted: .no).softDelete()
      try await call.usages(of: projectID).filter(QuotaUsage.userID == userID).softDelete()
      try await call.reservations(of: projectID).filter(Reservation.userID == userID).softDelete()
    }
  }

  /// Soft-deletes the limits, usages and reservations of a project and of its users.
  public func quotaDestroyAllByProject(_ context: NovaContext, projectID: String) async throws(NovaError) {
    try await transaction(context) { call in
      try await call.quotas(of: projectID, readDeleted: .no).softDelete()
      try await call.query(ProjectUserQuota.self, readDeleted: .no).filter(ProjectUserQuota.projectID == projectID)
        .softDelete()
      try await call.usages(of: projectID).softDelete()
      try await call.reservations(of: projectID).softDelete()
    }
  }
}

extension NovaCall {
  fileprivate func quotas(of project: String, readDeleted: ReadDeleted? = nil) -> RomeQuery<Quota> {
    query(Quota.self, readDeleted: readDeleted).filter(Quota.projectID == project)
  }

  fileprivate func quotas(
    of user: String, in project: String, readDeleted: ReadDeleted? = nil
  ) -> RomeQuery<ProjectUserQuota> {
    query(ProjectUserQuota.self, readDeleted: readDeleted)
      .filter(ProjectUserQuota.userID == user, ProjectUserQuota.projectID == project)
  }

  fileprivate func reservations(of project: String) -> RomeQuery<Reservation> {
    query(Reservation.self, readDeleted: .no).filter(Reservation.projectID == project)
  }

  /// The live usages of a project and of its users.
  func usages(of project: String?) -> RomeQuery<QuotaUsage> {
    query(QuotaUsage.self, readDeleted: .no).filter(QuotaUsage.projectID == project)
  }
}

extension NovaError {
  fileprivate init(noQuotaOf project: String, user: String?) {
    if let user {
      self.init(.projectUserQuotaNotFound, ["project_id": .string(project), "user_id": .string(user)])
    } else {
      self.init(.projectQuotaNotFound, ["project_id": .string(project)])
    }
  }
}
