// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// A service by its number.
  ///
  /// - Throws: ``NovaError/Code/serviceNotFound``.
  public func serviceGet(_ context: NovaContext, id: Int) async throws(NovaError) -> NovaRow<Service> {
    try await reading(context) { call in NovaRow(try await call.service(id)) }
  }

  /// A service by its UUID. Nova has it since Pike.
  ///
  /// - Throws: ``NovaError/Code/serviceNotFound``.
  public func serviceGetByUUID(_ context: NovaContext, uuid: String) async throws(NovaError) -> NovaRow<Service> {
    try await reading(context) { call in
      guard let service = try await call.query(Service.self).filter(Service.uuid == uuid).rows().first else {
        throw NovaError(.serviceNotFound, ["service_id": .string(uuid)])
      }
      return service
    }
  }

  /// All services, or those that are disabled, or those that are not.
  public func serviceGetAll(_ context: NovaContext, disabled: Bool? = nil) async throws(NovaError) -> [NovaRow<Service>]
  {
    try await reading(context) { call in
      let services = call.query(Service.self)
      return try await (disabled.map { services.filter(Service.disabled == $0) } ?? services).rows()
    }
  }

  /// Adds a service. Of two callers who add the same one, one gets it and the other an error.
  ///
  /// Where the option ``NovaOptions/enablesNewServices`` is off, the service is disabled; in Train only `nova-compute` is, as
  /// to be disabled means nothing to the others.
  ///
  /// - Throws: ``NovaError/Code/serviceBinaryExists`` and ``NovaError/Code/serviceTopicExists`` when the host has a live service
  ///   of that binary or topic.
  public func serviceCreate(
    _ context: NovaContext, values: NovaValues<Service>
  ) async throws(NovaError) -> NovaRow<Service> {
    var values = values
    if !options.enablesNewServices, options.release < .train || values.binary == "nova-compute" {
      let kind = options.release < .train ? "service" : "compute service"
      values.disabled = true
      values.disabledReason = "New \(kind) disabled due to config option."
    }
    return try await transaction(context) { error in
      guard let columns = error.duplicateColumns(in: Service.self) else { return nil }
      let host = NovaField(values.host)
      if columns.contains("binary") {
        return NovaError(.serviceBinaryExists, ["host": host, "binary": NovaField(values.binary)])
      }
      if columns.contains("topic") {
        return NovaError(.serviceTopicExists, ["host": host, "topic": NovaField(values.topic)])
      }
      return nil
    } _: { call in
      NovaRow(try await call.insert(values))
    }
  }

  /// Changes a service. A report count that grows is a sign of life: it sets the time at which the service was last seen.
  ///
  /// - Throws: ``NovaError/Code/serviceNotFound``.
  public func serviceUpdate(
    _ context: NovaContext, id: Int, values: NovaValues<Service>
  ) async throws(NovaError) -> NovaRow<Service> {
    try await transaction(context) { call in
      let service = try await call.service(id)
      if let count = values.value(of: Service.reportCount), count > service.reportCount {
        service.lastSeenUp = call.now
      }
      try await call.update(service, values)
      return NovaRow(service)
    }
  }

  /// Soft-deletes a service with the compute nodes of its host, in Train only when it is `nova-compute`.
  ///
  /// - Throws: ``NovaError/Code/serviceNotFound``.
  public func serviceDestroy(_ context: NovaContext, id: Int) async throws(NovaError) {
    try await transaction(context) { call in
      let service = try await call.service(id)
      try await call.query(Service.self).filter(Service.id == id).softDelete()
      if options.release >= .train, service.binary != "nova-compute" { return }
      var ofService = ComputeNode.serviceID == id
      if let host = service.host { ofService = ofService || ComputeNode.host == host }
      try await call.query(ComputeNode.self).filter(ofService).softDelete()
    }
  }
}

extension NovaCall {
  /// A service by its number.
  func service(_ id: Int) async throws -> Service {
    guard let service = try await query(Service.self).filter(Service.id == id).first() else {
      throw NovaError(.serviceNotFound, ["service_id": .int(Int64(id))])
    }
    return service
  }
}
