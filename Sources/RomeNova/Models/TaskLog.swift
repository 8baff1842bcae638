// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `task_log`.
@Entity(
  "task_log", mixins: .timestamps, .softDelete(.id),
  indexes: .unique("task_name", "host", "period_beginning", "period_ending"), .index("host"),
  .index("period_beginning"), .index("period_ending"))
public final class TaskLog: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var taskName: String
  public var state: String
  /// The name of the host.
  public var host: String
  public var periodBeginning: Date
  public var periodEnding: Date
  public var message: String
  public var taskItems: Int? = 0
  public var errors: Int? = 0
}
