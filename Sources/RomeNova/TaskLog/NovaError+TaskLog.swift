// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// The task runs, or has run, on that host for that period: `task_name`, `host`.
  public static let taskAlreadyRunning = Self("TaskAlreadyRunning")
  /// The task was not begun on that host for that period: `task_name`, `host`.
  public static let taskNotRunning = Self("TaskNotRunning")
}
