// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceContext {
  /// Whether the caller sees a task. Who sees one may change it.
  func sees(_ task: ImageTask) -> Bool {
    isAdmin || task.owner == owner
  }
}

extension RomeSession {
  /// The task that a caller asks for by its id.
  ///
  /// - Parameters:
  ///   - id: The id.
  ///   - context: The caller.
  ///   - showsDeleted: Whether a deleted task will do; for administrators it always does.
  /// - Throws: `taskNotFound`, `forbidden`.
  func task(_ id: String, for context: GlanceContext, showsDeleted: Bool = false) async throws -> ImageTask {
    guard let task = try await get(ImageTask.self, id), !task.deleted || showsDeleted || context.isAdmin else {
      throw GlanceError(.taskNotFound, "Task with the given id \(id) was not found")
    }
    guard context.sees(task) else {
      throw GlanceError(.forbidden, "Forbidding request, task \(id) is not visible")
    }
    return task
  }

  /// What the caller gets of a task that the session holds, its large part included.
  func record(of task: ImageTask) async throws -> TaskRecord {
    TaskRecord(task, info: TaskRecord.Info(try await get(ImageTaskInfo.self, task.id)))
  }
}

extension ImageTask {
  /// Marks the task as deleted.
  func markDeleted(at time: GlanceTime) {
    deleted = true
    deletedAt = time
    updatedAt = time
  }
}
