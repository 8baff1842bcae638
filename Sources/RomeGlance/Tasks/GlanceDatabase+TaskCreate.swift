// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension GlanceDatabase {
  /// Makes a task. Rights are not checked, and the owner is the one in the values, not that of the caller.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - values: The columns, of which `type`, `status` and `owner` are required; `input` and `result`, any JSON; `message`.
  ///     Unknown names are ignored.
  /// - Returns: The task.
  /// - Throws: `rpc` when a required value is missing, one is of a wrong type, or the id is in use.
  public func taskCreate(
    _ context: GlanceContext, values: [String: GlanceValue]
  ) async throws(GlanceError) -> TaskRecord {
    let id = try values["id"]?.text("id") ?? UUID().uuidString.lowercased()
    let type = try (values["type"] ?? .null).requiredText("type")
    let status = try (values["status"] ?? .null).requiredText("status")
    let owner = try (values["owner"] ?? .null).requiredText("owner")
    let attributes = try TaskAttributes(values, isNew: true)
    let now = clock.now()
    return try await transaction { session in
      let task = ImageTask(id: id, type: type, status: status, owner: owner, createdAt: now, updatedAt: now)
      attributes.apply(to: task)
      let info = ImageTaskInfo(taskID: id)
      attributes.apply(to: info)
      session.add(task)
      session.add(info)
      return TaskRecord(task, info: TaskRecord.Info(info))
    }
  }
}
