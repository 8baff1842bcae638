// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Marks a task as deleted. The row stays until it is purged.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - taskID: The id.
  /// - Returns: The task as it is then.
  /// - Throws: `taskNotFound`; `forbidden` when the caller may not see it.
  @discardableResult
  public func taskDelete(_ context: GlanceContext, taskID: String) async throws(GlanceError) -> TaskRecord {
    try await transaction { session in
      let task = try await session.task(taskID, for: context)
      let info = TaskRecord.Info(try await session.get(ImageTaskInfo.self, taskID))
      task.markDeleted(at: clock.now())
      return TaskRecord(task, info: info)
    }
  }
}
