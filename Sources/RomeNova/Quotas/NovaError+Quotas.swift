// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such limit, usage or reservation.
  public static let quotaNotFound = Self("QuotaNotFound", under: .notFound)
  /// The project has no limit of its own of the resource: `project_id`.
  public static let projectQuotaNotFound = Self("ProjectQuotaNotFound", under: .quotaNotFound)
  /// The user has no limit of his own of the resource in the project: `project_id`, `user_id`.
  public static let projectUserQuotaNotFound = Self("ProjectUserQuotaNotFound", under: .quotaNotFound)
  /// The project, or the user, has a limit of the resource already: `project_id`, `resource`.
  public static let quotaExists = Self("QuotaExists")
  /// The class of quotas has no limit of the resource: `class_name`.
  public static let quotaClassNotFound = Self("QuotaClassNotFound", under: .quotaNotFound)
  /// Nothing is known of how much of the resource the project uses: `project_id`.
  public static let quotaUsageNotFound = Self("QuotaUsageNotFound", under: .quotaNotFound)
  /// There would be more than the limits allow: `overs`, the resources; `quotas`, the limits by resource; `usages`, an
  /// object of `in_use` and `reserved` by resource.
  public static let overQuota = Self("OverQuota")

  /// A name is not among those that were passed.
  public static let keyError = Self("KeyError", of: .language)
}
