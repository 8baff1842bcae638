// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Notes that something begins to be done with an instance.
  public func actionStart(
    _ context: NovaContext, values: NovaValues<InstanceAction>
  ) async throws(NovaError) -> NovaRow<InstanceAction> {
    try await transaction(context) { call in
      var values = values
      values.startTime = values.startTime ?? call.now
      return NovaRow(try await call.insert(values))
    }
  }

  /// Changes what is known of an action: that it has ended, as a rule.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - values: The new values, among them the instance and the request that the action is found by.
  /// - Throws: ``NovaError/Code/instanceActionNotFound`` unless the request did one thing with the instance.
  public func actionFinish(
    _ context: NovaContext, values: NovaValues<InstanceAction>
  ) async throws(NovaError) -> NovaRow<InstanceAction> {
    try await transaction(context) { call in
      let actions = try await call.query(InstanceAction.self)
        .filter(InstanceAction.instanceUUID == values.instanceUUID, InstanceAction.requestID == values.requestID)
        .limit(2).all()
      guard let action = actions.first, actions.count == 1 else {
        throw NovaError(
          .instanceActionNotFound,
          ["request_id": NovaField(values.requestID), "instance_uuid": NovaField(values.instanceUUID)])
      }
      action.updatedAt = call.now
      try await call.update(action, values)
      return NovaRow(action)
    }
  }

  /// The actions on an instance, the newest first. Nova has pages and filters since Queens.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - instanceUUID: The UUID of the instance.
  ///   - limit: How many at most; nil for all.
  ///   - marker: The number of the request whose action the page before ended with.
  ///   - filters: Which actions.
  /// - Throws: ``NovaError/Code/markerNotFound``.
  public func actionsGet(
    _ context: NovaContext, instanceUUID: String, limit: Int? = nil, marker: String? = nil,
    filters: NovaActionFilters = NovaActionFilters()
  ) async throws(NovaError) -> [NovaRow<InstanceAction>] {
    if limit == 0 { return [] }
    return try await reading(context) { call in
      var actions = call.query(InstanceAction.self).filter(InstanceAction.instanceUUID == instanceUUID)
        .newestFirst()
      if let time = filters.changesSince { actions = actions.filter(InstanceAction.updatedAt >= time) }
      if let time = filters.changesBefore { actions = actions.filter(InstanceAction.updatedAt <= time) }
      if let marker {
        guard let action = try await call.action(instanceUUID, requestID: marker) else {
          throw NovaError(.markerNotFound, ["marker": .string(marker)])
        }
        actions = actions.after(action)
      }
      return try await actions.limit(limit).all().map { NovaRow($0) }
    }
  }

  /// What a request did with an instance; nil when it did nothing. Of several actions Train and its predecessors since Queens
  /// answer the newest, older releases the oldest.
  public func actionGetByRequestID(
    _ context: NovaContext, instanceUUID: String, requestID: String
  ) async throws(NovaError) -> NovaRow<InstanceAction>? {
    try await reading(context) { call in
      try await call.action(instanceUUID, requestID: requestID).map { NovaRow($0) }
    }
  }
}

extension NovaCall {
  /// What a request did with an instance.
  func action(_ instanceUUID: String, requestID: String) async throws -> InstanceAction? {
    let actions = query(InstanceAction.self)
      .filter(InstanceAction.instanceUUID == instanceUUID, InstanceAction.requestID == requestID)
    return try await (options.release < .train ? actions.byKey() : actions.newestFirst()).first()
  }
}

extension RomeQuery<InstanceAction> {
  /// The actions, the newest first.
  func newestFirst() -> RomeQuery<InstanceAction> {
    order(by: InstanceAction.createdAt.descending, InstanceAction.id.descending)
  }
}
