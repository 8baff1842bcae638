// SPDX-License-Identifier: Apache-2.0

import Rome

/// The values of a create or an update of a task, checked.
struct TaskAttributes {
  private var changes: [@Sendable (ImageTask) -> Void] = []
  private var infoChanges: [@Sendable (ImageTaskInfo) -> Void] = []

  /// Checks values. Unknown names are ignored.
  ///
  /// - Parameters:
  ///   - values: The values as the client sent them.
  ///   - isNew: Whether they make a task: only then they set times and whether it is deleted.
  /// - Throws: `rpc` for values of a wrong type, and null where a value is required.
  init(_ values: [String: GlanceValue], isNew: Bool) throws(GlanceError) {
    if let value = values["type"] {
      let type = try value.requiredText("type")
      changes.append { $0.type = type }
    }
    if let value = values["status"] {
      let status = try value.requiredText("status")
      changes.append { $0.status = status }
    }
    if let value = values["owner"] {
      let owner = try value.requiredText("owner")
      changes.append { $0.owner = owner }
    }
    if let value = values["expires_at"] {
      let time = try value.time("expires_at")
      changes.append { $0.expiresAt = time }
    }
    if let value = values["input"] { infoChanges.append { $0.input = value.isNull ? nil : JSON(value) } }
    if let value = values["result"] { infoChanges.append { $0.result = value.isNull ? nil : JSON(value) } }
    if let value = values["message"] {
      let message = try value.text("message")
      infoChanges.append { $0.message = message }
    }
    if isNew { try addTimes(values) }
  }

  /// Gives a task the values of columns.
  func apply(to task: ImageTask) {
    for change in changes { change(task) }
  }

  /// Gives the large part of a task its values.
  func apply(to info: ImageTaskInfo) {
    for change in infoChanges { change(info) }
  }

  private mutating func addTimes(_ values: [String: GlanceValue]) throws(GlanceError) {
    if let time = try values["created_at"]?.time("created_at") { changes.append { $0.createdAt = time } }
    if let time = try values["updated_at"]?.time("updated_at") { changes.append { $0.updatedAt = time } }
    if let time = try values["deleted_at"]?.time("deleted_at") { changes.append { $0.deletedAt = time } }
    if let deleted = try values["deleted"]?.boolean("deleted") { changes.append { $0.deleted = deleted } }
  }
}
