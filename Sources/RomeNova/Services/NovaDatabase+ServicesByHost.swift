// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The service of a host and a topic that is not disabled, if there is one.
  public func serviceGetByHostAndTopic(
    _ context: NovaContext, host: String, topic: String
  ) async throws(NovaError) -> NovaRow<Service>? {
    try await reading(context) { call in
      try await call.query(Service.self, readDeleted: .no)
        .filter(Service.host == host, Service.topic == topic, Service.disabled == false).rows().first
    }
  }

  /// The service of a host and a binary.
  ///
  /// - Throws: ``NovaError/Code/hostBinaryNotFound``.
  public func serviceGetByHostAndBinary(
    _ context: NovaContext, host: String, binary: String
  ) async throws(NovaError) -> NovaRow<Service> {
    try await reading(context) { call in
      guard let service = try await call.services(of: host).filter(Service.binary == binary).rows().first else {
        throw NovaError(.hostBinaryNotFound, ["host": .string(host), "binary": .string(binary)])
      }
      return service
    }
  }

  /// The service `nova-compute` of a host.
  ///
  /// - Throws: ``NovaError/Code/computeHostNotFound``.
  public func serviceGetByComputeHost(
    _ context: NovaContext, host: String
  ) async throws(NovaError) -> NovaRow<Service> {
    try await reading(context) { call in
      guard let service = try await call.services(of: host).filter(Service.binary == "nova-compute").rows().first
      else { throw NovaError(.computeHostNotFound, ["host": .string(host)]) }
      return service
    }
  }

  /// The services of a host.
  public func serviceGetAllByHost(_ context: NovaContext, host: String) async throws(NovaError) -> [NovaRow<Service>] {
    try await reading(context) { call in try await call.services(of: host).rows() }
  }
}

extension NovaCall {
  fileprivate func services(of host: String) -> RomeQuery<Service> {
    query(Service.self, readDeleted: .no).filter(Service.host == host)
  }
}
