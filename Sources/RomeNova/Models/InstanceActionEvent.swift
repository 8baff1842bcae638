// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A step of an action on an instance, such as `compute_reboot_instance`.
@Entity("instance_actions_events", mixins: .timestamps, .softDelete(.id), indexes: .index("action_id", "created_at"))
public final class InstanceActionEvent: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name of the step.
  public var event: String?
  /// The number of the action.
  public var actionID: Int?
  /// When the step began; the time of the row where it is not given.
  public var startTime: Date?
  /// When the step ended; nil before.
  public var finishTime: Date?
  /// How the step ended: `Success` or `Error`; nil before.
  public var result: String?
  /// Where the code was when the step failed.
  public var traceback: String?
  /// The host that made the step.
  public var host: String?
  /// Why the step failed, as the user may know it.
  public var details: String?
}
