// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The name of the class whose limits hold for projects of no class.
  public static let defaultQuotaClass = "default"

  /// Adds a limit of a class. Nova does not ask whether the class has one of that resource already.
  public func quotaClassCreate(
    _ context: NovaContext, className: String, resource: String, limit: Int?
  ) async throws(NovaError) -> NovaRow<QuotaClass> {
    let values = NovaValues<QuotaClass> {
      $0.className = className
      $0.resource = resource
      $0.hardLimit = limit
    }
    return try await transaction(context) { call in NovaRow(try await call.insert(values)) }
  }

  /// The live limit of a class and a resource.
  ///
  /// - Throws: ``NovaError/Code/quotaClassNotFound``, and ``NovaError/Code/forbidden`` for a caller without a project.
  public func quotaClassGet(
    _ context: NovaContext, className: String, resource: String
  ) async throws(NovaError) -> NovaRow<QuotaClass> {
    try context.require()
    return try await reading(context) { call in
      let quotas = call.quotas(ofClass: className).filter(QuotaClass.resource == resource)
      guard let quota = try await quotas.rows().first else { throw NovaError(noQuotaOfClass: className) }
      return quota
    }
  }

  /// The live limits of the class `default`.
  public func quotaClassGetDefault(_ context: NovaContext) async throws(NovaError) -> QuotaLimits {
    try await reading(context) { call in try await call.limits(ofClass: Self.defaultQuotaClass) }
  }

  /// The live limits of a class.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func quotaClassGetAllByName(
    _ context: NovaContext, className: String
  ) async throws(NovaError) -> QuotaLimits {
    try context.require()
    return try await reading(context) { call in try await call.limits(ofClass: className) }
  }

  /// Changes the live limit of a class and a resource.
  ///
  /// - Throws: ``NovaError/Code/quotaClassNotFound``.
  public func quotaClassUpdate(
    _ context: NovaContext, className: String, resource: String, limit: Int?
  ) async throws(NovaError) {
    try await transaction(context) { call in
      let changed = try await call.quotas(ofClass: className).filter(QuotaClass.resource == resource).update {
        $0.set(QuotaClass.hardLimit, to: limit)
        $0.set(QuotaClass.updatedAt, to: call.now)
      }
      if changed == 0 { throw NovaError(noQuotaOfClass: className) }
    }
  }
}

extension NovaCall {
  fileprivate func quotas(ofClass name: String) -> RomeQuery<QuotaClass> {
    query(QuotaClass.self, readDeleted: .no).filter(QuotaClass.className == name)
  }

  fileprivate func limits(ofClass name: String) async throws -> QuotaLimits {
    let quotas = try await quotas(ofClass: name).byKey().all()
    return QuotaLimits(.quotaClass(name), quotas.map { ($0.resource, $0.hardLimit) })
  }
}

extension NovaError {
  fileprivate init(noQuotaOfClass name: String) {
    self.init(.quotaClassNotFound, ["class_name": .string(name)])
  }
}
