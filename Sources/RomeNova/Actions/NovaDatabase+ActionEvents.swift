// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Notes that a step of an action begins.
  ///
  /// The action is what the request did with the instance. When the request did nothing and the context has no project, it is
  /// the newest action on the instance: a part of Nova itself goes on with what another request has begun. Train also sets the
  /// time at which the action of the request was changed to that at which the step began.
  ///
  /// - Throws: ``NovaError/Code/instanceActionNotFound``.
  public func actionEventStart(
    _ context: NovaContext, values: NovaActionEventValues
  ) async throws(NovaError) -> NovaActionEvent {
    try await transaction(context) { call in
      let (action, isOfRequest) = try await call.action(of: values)
      var columns = values.columns
      columns.actionID = action.id
      columns.startTime = columns.startTime ?? call.now
      if isOfRequest, call.marksActions { action.updatedAt = columns.startTime }
      return NovaActionEvent(try await call.insert(columns), values)
    }
  }

  /// Notes that a step of an action has ended. The result `Error` becomes the message of the action.
  ///
  /// The action is found as ``actionEventStart(_:values:)`` finds it. Train also sets the time at which the action
  /// of the request was changed to that at which the step ended.
  ///
  /// - Throws: ``NovaError/Code/instanceActionNotFound``, and ``NovaError/Code/instanceActionEventNotFound`` when the step
  ///   was not begun.
  public func actionEventFinish(
    _ context: NovaContext, values: NovaActionEventValues
  ) async throws(NovaError) -> NovaActionEvent {
    try await transaction(context) { call in
      let (action, isOfRequest) = try await call.action(of: values)
      guard let event = try await call.event(values.columns.event, of: action) else {
        throw NovaError(
          .instanceActionEventNotFound,
          ["action_id": NovaField(action.id), "event": NovaField(values.columns.event)])
      }
      if values.columns.result?.lowercased() == "error" { action.message = "Error" }
      if isOfRequest, call.marksActions, let time = values.columns.finishTime { action.updatedAt = time }
      try await call.update(event, values.columns)
      return NovaActionEvent(event, values)
    }
  }

  /// The steps of an action, the newest first.
  public func actionEventsGet(
    _ context: NovaContext, actionID: Int
  ) async throws(NovaError) -> [NovaRow<InstanceActionEvent>] {
    try await reading(context) { call in
      try await call.events(of: actionID).newestFirst().all().map { NovaRow($0) }
    }
  }

  /// A step of an action by its number, if it is one of that action.
  public func actionEventGetByID(
    _ context: NovaContext, actionID: Int, eventID: Int
  ) async throws(NovaError) -> NovaRow<InstanceActionEvent>? {
    try await reading(context) { call in
      try await call.events(of: actionID).filter(InstanceActionEvent.id == eventID).first().map { NovaRow($0) }
    }
  }
}

extension NovaCall {
  /// Whether the steps of an action set the time at which it was changed.
  fileprivate var marksActions: Bool { options.release >= .train }

  /// The action that a step is of, and whether it is that of the request.
  fileprivate func action(of values: NovaActionEventValues) async throws -> (InstanceAction, isOfRequest: Bool) {
    if let action = try await action(values.instanceUUID, requestID: values.requestID) { return (action, true) }
    // A compute host that is started again goes on with what it finds, under a new request.
    let project = context.projectID ?? ""
    let actions = query(InstanceAction.self).filter(InstanceAction.instanceUUID == values.instanceUUID)
    guard project.isEmpty, let action = try await actions.newestFirst().first() else {
      throw NovaError(
        .instanceActionNotFound,
        ["request_id": .string(values.requestID), "instance_uuid": .string(values.instanceUUID)])
    }
    return (action, false)
  }

  fileprivate func events(of actionID: Int?) -> RomeQuery<InstanceActionEvent> {
    query(InstanceActionEvent.self).filter(InstanceActionEvent.actionID == actionID)
  }

  /// The step of an action with a name, the first one if there are several.
  fileprivate func event(_ name: String?, of action: InstanceAction) async throws -> InstanceActionEvent? {
    try await events(of: action.id).filter(InstanceActionEvent.event == name).byKey().first()
  }
}

extension RomeQuery<InstanceActionEvent> {
  /// The events, the newest first.
  func newestFirst() -> RomeQuery<InstanceActionEvent> {
    order(by: InstanceActionEvent.createdAt.descending, InstanceActionEvent.id.descending)
  }
}
