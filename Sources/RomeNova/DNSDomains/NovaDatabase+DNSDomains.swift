// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The domain of a name, if there is one.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func dnsDomainGet(
    _ context: NovaContext, domain: String
  ) async throws(NovaError) -> NovaRow<DNSDomain>? {
    try context.require()
    return try await reading(context) { call in
      try await call.query(DNSDomain.self, readDeleted: .no).filter(DNSDomain.domain == domain).rows().first
    }
  }

  /// All domains, by name.
  public func dnsDomainGetAll(_ context: NovaContext) async throws(NovaError) -> [NovaRow<DNSDomain>] {
    try await reading(context) { call in try await call.query(DNSDomain.self, readDeleted: .no).rows() }
  }

  /// Makes a domain the private one of an availability zone. It is added if it is not there.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func dnsDomainRegisterForZone(
    _ context: NovaContext, domain: String, zone: String?
  ) async throws(NovaError) {
    try await register(context, domain) {
      $0.scope = "private"
      $0.availabilityZone = zone
    }
  }

  /// Makes a domain the public one of a project. It is added if it is not there.
  ///
  /// - Throws: ``NovaError/Code/forbidden``.
  public func dnsDomainRegisterForProject(
    _ context: NovaContext, domain: String, projectID: String?
  ) async throws(NovaError) {
    try await register(context, domain) {
      $0.scope = "public"
      $0.projectID = projectID
    }
  }

  /// Removes a domain for good.
  public func dnsDomainUnregister(_ context: NovaContext, domain: String) async throws(NovaError) {
    _ = try await transaction(context) { call in
      try await call.query(DNSDomain.self).filter(DNSDomain.domain == domain).delete()
    }
  }

  private func register(
    _ context: NovaContext, _ name: String, _ assign: (inout NovaValues<DNSDomain>) -> Void
  ) async throws(NovaError) {
    try context.require()
    var values = NovaValues<DNSDomain>(assign)
    values.domain = name
    try await transaction(context) { call in
      let domains = call.query(DNSDomain.self, readDeleted: .no).filter(DNSDomain.domain == name)
      if let domain = try await domains.first() {
        try await call.update(domain, values)
      } else {
        try await call.insert(values)
      }
    }
  }
}
