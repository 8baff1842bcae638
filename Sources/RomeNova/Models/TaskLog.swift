// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A run of a periodic task on a host for a period of time, such as an audit of usage.
///
/// The columns of the unique index stand in the order that also finds the runs of all hosts.
@Entity(
  "task_log", mixins: .timestamps, .softDelete(.id),
  indexes: .unique("task_name", "period_beginning", "period_ending", "host"))
public final class TaskLog: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name of the task.
  public var taskName: String
  /// How far the run is: `RUNNING` or `DONE`.
  public var state: String
  /// The host that runs the task.
  public var host: String
  /// When the period began that the task looks at.
  public var periodBeginning: Date
  /// When the period ended that the task looks at.
  public var periodEnding: Date
  /// What is to be said of the run.
  public var message: String
  /// How many things the task works through.
  public var taskItems: Int? = 0
  /// How many of them failed.
  public var errors: Int? = 0
}
