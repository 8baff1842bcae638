// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Tasks, such as imports.
  static let tasks: [Command] = [
    Command("task_create", ["values"]) { call in
      try await call.glance.taskCreate(call.context, values: call.object("values")).values
    },
    Command("task_get", ["task_id"], optional: ["force_show_deleted"]) { call in
      try await call.glance.taskGet(
        call.context, taskID: call.id("task_id"), forceShowDeleted: call.flag("force_show_deleted")
      ).values
    },
    Command("task_update", ["task_id", "values"]) { call in
      try await call.glance.taskUpdate(
        call.context, taskID: call.id("task_id"), values: call.object("values")
      ).values
    },
    Command("task_delete", ["task_id"]) { call in
      try await call.glance.taskDelete(call.context, taskID: call.id("task_id")).values
    },
    Command(
      "task_get_all", optional: ["filters", "marker", "limit", "sort_key", "sort_dir", "admin_as_user"]
    ) { call in
      let tasks = try await call.glance.taskGetAll(
        call.context, filters: call.optionalObject("filters"), marker: call.text("marker"), limit: call.limit(),
        sortKey: call.text("sort_key") ?? "created_at", sortDir: call.text("sort_dir", default: "desc"),
        adminAsUser: call.flag("admin_as_user"))
      return .array(tasks.map(\.values))
    },
  ]
}
