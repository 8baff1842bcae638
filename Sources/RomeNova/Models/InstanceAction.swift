// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `instance_actions`.
@Entity(
  "instance_actions", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_uuid"), .index("request_id"))
public final class InstanceAction: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var action: String?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
  public var requestID: String?
  /// The user that it belongs to.
  public var userID: String?
  /// The project that it belongs to.
  public var projectID: String?
  public var startTime: Date?
  public var finishTime: Date?
  public var message: String?
}
