// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Quotas, quota classes, usages and reservations.
  static let quotas: [Method] = [
    Method(
      "quota_create", NovaDatabase.quotaCreate, .named("project_id"), .named("resource"), .named("limit"),
      .optional("user_id", or: nil)),
    Method(
      "quota_get", NovaDatabase.quotaGet, .named("project_id"), .named("resource"), .optional("user_id", or: nil)),
    Method(
      "quota_get_all_by_project_and_user", NovaDatabase.quotaGetAllByProjectAndUser, "project_id", "user_id"),
    Method("quota_get_all_by_project", NovaDatabase.quotaGetAllByProject, "project_id"),
    Method("quota_get_all", NovaDatabase.quotaGetAll, "project_id"),
    Method(
      "quota_update", NovaDatabase.quotaUpdate, .named("project_id"), .named("resource"), .named("limit"),
      .optional("user_id", or: nil)),
    Method(
      "quota_destroy_all_by_project_and_user", NovaDatabase.quotaDestroyAllByProjectAndUser, "project_id", "user_id"),
    Method("quota_destroy_all_by_project", NovaDatabase.quotaDestroyAllByProject, "project_id"),
    Method("quota_class_create", NovaDatabase.quotaClassCreate, "class_name", "resource", "limit"),
    Method("quota_class_get", NovaDatabase.quotaClassGet, "class_name", "resource"),
    Method("quota_class_get_default", NovaDatabase.quotaClassGetDefault),
    Method("quota_class_get_all_by_name", NovaDatabase.quotaClassGetAllByName, "class_name"),
    Method("quota_class_update", NovaDatabase.quotaClassUpdate, "class_name", "resource", "limit"),
    Method(
      "quota_usage_get", NovaDatabase.quotaUsageGet, .named("project_id"), .named("resource"),
      .optional("user_id", or: nil)),
    Method(
      "quota_usage_get_all_by_project_and_user", NovaDatabase.quotaUsageGetAllByProjectAndUser, "project_id", "user_id"),
    Method("quota_usage_get_all_by_project", NovaDatabase.quotaUsageGetAllByProject, "project_id"),
    Method(
      "quota_usage_update", NovaDatabase.quotaUsageUpdate, .named("project_id"), .named("user_id"), .named("resource"),
      .optional("in_use", or: .kept), .optional("reserved", or: .kept), .optional("until_refresh", or: .kept)),
    Method(
      "quota_usage_refresh", NovaDatabase.quotaUsageRefresh, .named("resources"), .named("keys"),
      .named("until_refresh"), .named("max_age"), .optional("project_id", or: nil), .optional("user_id", or: nil)),
    Method(
      "quota_reserve", NovaDatabase.quotaReserve, .named("resources"), .named("project_quotas", "quotas"),
      .named("user_quotas"), .named("deltas"), .named("expire"), .named("until_refresh"), .named("max_age"),
      .optional("project_id", or: nil), .optional("user_id", or: nil)),
    Method(
      "reservation_commit", NovaDatabase.reservationCommit, .named("reservations"), .optional("project_id", or: nil),
      .optional("user_id", or: nil)),
    Method(
      "reservation_rollback", NovaDatabase.reservationRollback, .named("reservations"),
      .optional("project_id", or: nil), .optional("user_id", or: nil)),
    Method("reservation_expire", NovaDatabase.reservationExpire),
  ]
}

// The functions as Nova's callers pass their arguments.
extension NovaDatabase {
  fileprivate func quotaUsageUpdate(
    _ context: NovaContext, project: String, user: String?, resource: String, inUse: Assigned<Int>,
    reserved: Assigned<Int>, untilRefresh: Assigned<Int?>
  ) async throws(NovaError) {
    let values = NovaValues<QuotaUsage> {
      if case .to(let number) = inUse { $0.inUse = number }
      if case .to(let number) = reserved { $0.reserved = number }
      if case .to(let number) = untilRefresh { $0.untilRefresh = number }
    }
    try await quotaUsageUpdate(context, projectID: project, userID: user, resource: resource, values: values)
  }

  fileprivate func quotaUsageRefresh(
    _ context: NovaContext, resources: [String: QuotaCounter], names: [String], untilRefresh: Int?,
    maxAge: Duration?, project: String?, user: String?
  ) async throws(NovaError) {
    // A refresh that is asked for does not ask how old the usages are.
    try await quotaUsageRefresh(
      context, resources: resources, names: names, untilRefresh: untilRefresh, projectID: project, userID: user)
  }

  fileprivate func reservationCommit(
    _ context: NovaContext, reservations: [String], project: String?, user: String?
  ) async throws(NovaError) {
    try await reservationCommit(context, reservations: reservations)
  }

  fileprivate func reservationRollback(
    _ context: NovaContext, reservations: [String], project: String?, user: String?
  ) async throws(NovaError) {
    try await reservationRollback(context, reservations: reservations)
  }
}
