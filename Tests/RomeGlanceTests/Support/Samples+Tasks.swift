// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension GlanceDatabase {
  /// Makes a pending task.
  @discardableResult
  func makeTask(
    _ id: String, owner: String = "t1", _ values: [String: GlanceValue] = [:]
  ) async throws -> TaskRecord {
    let defaults: [String: GlanceValue] = [
      "id": .string(id), "type": "import", "status": "pending", "owner": .string(owner),
    ]
    return try await taskCreate(.admin, values: defaults.merging(values) { $1 })
  }
}
