// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Changes a task. A deleted one, which only administrators see, comes back to life.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - taskID: The id.
  ///   - values: The columns to change, and `input`, `result` and `message`. The id, times but `expires_at`, `deleted` and
  ///     unknown names are ignored.
  /// - Returns: The task as it is then.
  /// - Throws: `taskNotFound`; `forbidden` when the caller may not see it; `rpc` for values of a wrong type, and null where
  ///   a value is required.
  public func taskUpdate(
    _ context: GlanceContext, taskID: String, values: [String: GlanceValue]
  ) async throws(GlanceError) -> TaskRecord {
    try await transaction { session in
      let task = try await session.task(taskID, for: context)
      let attributes = try TaskAttributes(values, isNew: false)
      let info: ImageTaskInfo
      if let found = try await session.get(ImageTaskInfo.self, taskID) {
        info = found
      } else {
        info = ImageTaskInfo(taskID: taskID)
        session.add(info)
      }
      attributes.apply(to: task)
      attributes.apply(to: info)
      task.deleted = false
      task.updatedAt = clock.now()
      return TaskRecord(task, info: TaskRecord.Info(info))
    }
  }
}
