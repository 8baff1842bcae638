// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `tasks`: work that glance-api does in the background. The name is not `Task`, which is Swift's.
///
/// With the primary key behind its columns, an index over a column and `created_at` is the whole order of a listing by that
/// column. Those that begin with the owner are for the listings of tenants, and for what has expired of theirs.
@Entity(
  "tasks",
  indexes: .index("owner", "created_at"), .index("owner", "deleted", "created_at"),
  .index("owner", "deleted", "expires_at"), .index("deleted", "created_at"),
  .index("status", "created_at"), .index("type", "created_at"), .index("updated_at", "created_at"))
public final class ImageTask {
  /// The id: by default a UUID in lower case.
  @PrimaryKey public var id: String
  /// What kind of work it is, such as `import`.
  public var type: String
  /// How far the work is.
  public var status: String
  /// The tenant that the task belongs to.
  public var owner: String
  /// When the task is deleted by itself.
  public var expiresAt: GlanceTime?
  /// When the row was made.
  @Indexed public var createdAt: GlanceTime
  /// When the row was last changed.
  public var updatedAt: GlanceTime
  /// When the row was deleted.
  @Indexed public var deletedAt: GlanceTime?
  /// Whether the row is deleted.
  public var deleted: Bool = false
}

/// A row of `task_info`: the large part of a task, which listings leave out.
@Entity("task_info")
public final class ImageTaskInfo {
  /// The task, which takes the row with it.
  @PrimaryKey @References(ImageTask.self, onDelete: .cascade) public var taskID: String
  /// What the work is to be done with.
  public var input: JSON<GlanceValue>?
  /// What came out.
  public var result: JSON<GlanceValue>?
  /// What happened, for people.
  public var message: String?
}
