// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `instance_actions_events`.
@Entity("instance_actions_events", mixins: .timestamps, .softDelete(.id))
public final class InstanceActionEvent: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var event: String?
  public var actionID: Int?
  public var startTime: Date?
  public var finishTime: Date?
  public var result: String?
  public var traceback: String?
  /// The name of the host.
  public var host: String?
  public var details: String?
}
