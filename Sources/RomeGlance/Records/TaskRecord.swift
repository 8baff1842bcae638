// SPDX-License-Identifier: Apache-2.0

import Rome

/// A task as Glance's functions answer it.
public struct TaskRecord: Hashable, Sendable, Codable {
  /// The id.
  public var id: String
  /// What kind of work it is, such as `import`.
  public var type: String
  /// How far the work is.
  public var status: String
  /// The tenant that the task belongs to.
  public var owner: String
  /// When the task is deleted by itself.
  public var expiresAt: GlanceTime?
  /// When the row was made.
  public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
  /// When the row was deleted.
  public var deletedAt: GlanceTime?
  /// Whether the row is deleted.
  public var deleted: Bool
  /// The large part of the task; nil in listings, which leave it out.
  public var info: Info?

  /// The large part of a task.
  public struct Info: Hashable, Sendable, Codable {
    /// What the work is to be done with.
    public var input: GlanceValue
    /// What came out.
    public var result: GlanceValue
    /// What happened, for people.
    public var message: String?

    /// The record of a row; nothing when there is none.
    init(_ info: ImageTaskInfo?) {
      input = info?.input?.wrapped ?? .null
      result = info?.result?.wrapped ?? .null
      message = info?.message
    }
  }

  /// The record of a row.
  ///
  /// - Parameters:
  ///   - task: The row.
  ///   - info: The large part; nil to leave it out.
  init(_ task: ImageTask, info: Info?) {
    id = task.id
    type = task.type
    status = task.status
    owner = task.owner
    expiresAt = task.expiresAt
    createdAt = task.createdAt
    updatedAt = task.updatedAt
    deletedAt = task.deletedAt
    deleted = task.deleted
    self.info = info
  }

  /// The task as the registry answers it.
  public var values: GlanceValue {
    var values: [String: GlanceValue] = [
      "id": .string(id), "type": .string(type), "status": .string(status), "owner": .string(owner),
      "expires_at": GlanceValue(expiresAt), "created_at": .date(createdAt), "updated_at": .date(updatedAt),
      "deleted_at": GlanceValue(deletedAt), "deleted": .bool(deleted),
    ]
    if let info {
      values["input"] = info.input
      values["result"] = info.result
      values["message"] = GlanceValue(info.message)
    }
    return .object(values)
  }
}
