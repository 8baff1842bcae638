// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// Something that a user did with an instance, such as `reboot`. What happens on the way are its events.
@Entity(
  "instance_actions", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_uuid", "request_id"),
  .index("instance_uuid", "created_at"))
public final class InstanceAction: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// What was done, such as `reboot`.
  public var action: String?
  /// The UUID of the instance.
  public var instanceUUID: String?
  /// The number of the request that asked for it.
  public var requestID: String?
  /// The user who asked for it.
  public var userID: String?
  /// The project that the user asked for.
  public var projectID: String?
  /// When it began; the time of the row where it is not given.
  public var startTime: Date?
  /// When it ended; nil before.
  public var finishTime: Date?
  /// What is to be said of it, such as `Error`.
  public var message: String?
}
