// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Rome

extension NovaDatabase {
  /// The run of a task on a host for a period, if there is one.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - taskName: The name of the task.
  ///   - periodBeginning: When the period begins.
  ///   - periodEnding: When the period ends.
  ///   - host: The host.
  ///   - state: How far the run must be; nil for any.
  public func taskLogGet(
    _ context: NovaContext, taskName: String, periodBeginning: Date, periodEnding: Date, host: String,
    state: String? = nil
  ) async throws(NovaError) -> NovaRow<TaskLog>? {
    try await reading(context) { call in
      try await call.runs(taskName, periodBeginning, periodEnding, host, state).first().map { NovaRow($0) }
    }
  }

  /// The runs of a task for a period.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - taskName: The name of the task.
  ///   - periodBeginning: When the period begins.
  ///   - periodEnding: When the period ends.
  ///   - host: The host; nil for all.
  ///   - state: How far the runs must be; nil for any.
  public func taskLogGetAll(
    _ context: NovaContext, taskName: String, periodBeginning: Date, periodEnding: Date, host: String? = nil,
    state: String? = nil
  ) async throws(NovaError) -> [NovaRow<TaskLog>] {
    try await reading(context) { call in
      try await call.runs(taskName, periodBeginning, periodEnding, host, state).rows()
    }
  }

  /// Notes that a task begins on a host for a period. A task runs once for each of them: of several callers one gets it.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - taskName: The name of the task.
  ///   - periodBeginning: When the period begins.
  ///   - periodEnding: When the period ends.
  ///   - host: The host.
  ///   - taskItems: How many things the task will work through.
  ///   - message: What is to be said of the run; nil for nothing, which Nova's own database refuses.
  /// - Throws: ``NovaError/Code/taskAlreadyRunning``, also when the run has ended.
  public func taskLogBeginTask(
    _ context: NovaContext, taskName: String, periodBeginning: Date, periodEnding: Date, host: String,
    taskItems: Int? = nil, message: String? = nil
  ) async throws(NovaError) {
    let values = NovaValues<TaskLog> {
      $0.taskName = taskName
      $0.periodBeginning = periodBeginning
      $0.periodEnding = periodEnding
      $0.host = host
      $0.state = "RUNNING"
      $0.message = message ?? ""
      $0.taskItems = taskItems ?? 0
    }
    try await transaction(context) { error in
      error.isDuplicate(in: TaskLog.self) ? .task(.taskAlreadyRunning, taskName, host) : nil
    } _: { call in
      try await call.insert(values)
    }
  }

  /// Notes that a task has ended on a host for a period.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - taskName: The name of the task.
  ///   - periodBeginning: When the period begins.
  ///   - periodEnding: When the period ends.
  ///   - host: The host.
  ///   - errors: How many things failed.
  ///   - message: What is to be said of the run; nil leaves what was said at its begin.
  /// - Throws: ``NovaError/Code/taskNotRunning`` when it was not begun.
  public func taskLogEndTask(
    _ context: NovaContext, taskName: String, periodBeginning: Date, periodEnding: Date, host: String, errors: Int?,
    message: String? = nil
  ) async throws(NovaError) {
    try await transaction(context) { call in
      guard let run = try await call.runs(taskName, periodBeginning, periodEnding, host, nil).first() else {
        throw NovaError.task(.taskNotRunning, taskName, host)
      }
      run.state = "DONE"
      run.errors = errors
      if let message, !message.isEmpty { run.message = message }
      run.updatedAt = call.now
      try await call.session.flush()
    }
  }
}

extension NovaCall {
  fileprivate func runs(
    _ taskName: String, _ periodBeginning: Date, _ periodEnding: Date, _ host: String?, _ state: String?
  ) -> RomeQuery<TaskLog> {
    var runs = query(TaskLog.self).filter(
      TaskLog.taskName == taskName, TaskLog.periodBeginning == periodBeginning, TaskLog.periodEnding == periodEnding)
    if let host { runs = runs.filter(TaskLog.host == host) }
    if let state { runs = runs.filter(TaskLog.state == state) }
    return runs
  }
}

extension NovaError {
  fileprivate static func task(_ code: Code, _ taskName: String, _ host: String) -> NovaError {
    NovaError(code, ["task_name": .string(taskName), "host": .string(host)])
  }
}
