// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Runs of periodic tasks.
  static let taskLog: [Method] = [
    Method(
      "task_log_get", NovaDatabase.taskLogGet, .named("task_name"), .named("period_beginning"),
      .named("period_ending"), .named("host"), .optional("state", or: nil)),
    Method(
      "task_log_get_all", NovaDatabase.taskLogGetAll, .named("task_name"), .named("period_beginning"),
      .named("period_ending"), .optional("host", or: nil), .optional("state", or: nil)),
    Method(
      "task_log_begin_task", NovaDatabase.taskLogBeginTask, .named("task_name"), .named("period_beginning"),
      .named("period_ending"), .named("host"), .optional("task_items", or: nil), .optional("message", or: nil)),
    Method(
      "task_log_end_task", NovaDatabase.taskLogEndTask, .named("task_name"), .named("period_beginning"),
      .named("period_ending"), .named("host"), .named("errors"), .optional("message", or: nil)),
  ]
}
