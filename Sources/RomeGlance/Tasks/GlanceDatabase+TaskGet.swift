// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// The task of an id.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - taskID: The id.
  ///   - forceShowDeleted: Whether a deleted task will do. Administrators see deleted ones anyway.
  /// - Returns: The task.
  /// - Throws: `taskNotFound`; `forbidden` when the caller may not see it.
  public func taskGet(
    _ context: GlanceContext, taskID: String, forceShowDeleted: Bool = false
  ) async throws(GlanceError) -> TaskRecord {
    try await reading { session in
      let task = try await session.task(taskID, for: context, showsDeleted: forceShowDeleted)
      return try await session.record(of: task)
    }
  }
}
