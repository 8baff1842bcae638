// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The services of a topic that are not disabled.
  public func serviceGetAllByTopic(_ context: NovaContext, topic: String) async throws(NovaError) -> [NovaRow<Service>]
  {
    try await reading(context) { call in
      try await call.query(Service.self, readDeleted: .no)
        .filter(Service.topic == topic, Service.disabled == false).rows()
    }
  }

  /// The services of a binary, without disabled ones unless they are asked for. Train shows deleted ones to a caller who
  /// wants to see them.
  public func serviceGetAllByBinary(
    _ context: NovaContext, binary: String, includeDisabled: Bool = false
  ) async throws(NovaError) -> [NovaRow<Service>] {
    try await reading(context) { call in
      let readDeleted = options.release < .train ? .no : context.readDeleted
      return try await call.services(binary, includeDisabled: includeDisabled, readDeleted: readDeleted).rows()
    }
  }

  /// The services `nova-compute` of hosts with a compute node of a type of hypervisor. Nova has it since Newton.
  public func serviceGetAllComputesByHypervisorType(
    _ context: NovaContext, hypervisorType: String, includeDisabled: Bool = false
  ) async throws(NovaError) -> [NovaRow<Service>] {
    try await reading(context) { call in
      let hosts = call.session.select(ComputeNode.host).readDeleted(.yes)
        .filter(ComputeNode.hypervisorType == hypervisorType)
      return try await call.services("nova-compute", includeDisabled: includeDisabled)
        .filter(Service.host.in(hosts)).rows()
    }
  }

  /// The smallest version of the live services of some binaries that are not forced down, by binary. Mitaka asks for one
  /// binary only: ``serviceGetMinimumVersion(_:binary:)``.
  public func serviceGetMinimumVersion(
    _ context: NovaContext, binaries: [String]
  ) async throws(NovaError) -> [String: Int?] {
    try await reading(context) { call in
      let versions = try await call.session.select(Service.binary, Service.version.min())
        .filter(Service.binary.in(binaries), Service.forcedDown == false).group(by: Service.binary).all()
      return Dictionary(
        versions.compactMap { binary, version in binary.map { ($0, version) } }, uniquingKeysWith: { first, _ in first }
      )
    }
  }

  /// The smallest version of the services of a binary that are not forced down, deleted ones too; nil when there is none.
  /// That is Mitaka's form of ``serviceGetMinimumVersion(_:binaries:)``.
  public func serviceGetMinimumVersion(_ context: NovaContext, binary: String) async throws(NovaError) -> Int? {
    try await reading(context) { call in
      try await call.query(Service.self, readDeleted: .yes)
        .filter(Service.binary == binary, Service.forcedDown == false).select(Service.version.min()).one()
    }
  }
}

extension NovaCall {
  fileprivate func services(
    _ binary: String, includeDisabled: Bool, readDeleted: ReadDeleted = .no
  ) -> RomeQuery<Service> {
    let services = query(Service.self, readDeleted: readDeleted).filter(Service.binary == binary)
    return includeDisabled ? services : services.filter(Service.disabled == false)
  }
}
