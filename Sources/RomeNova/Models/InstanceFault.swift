// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// Something that has gone wrong with an instance: a row of `instance_faults`.
@Entity("instance_faults", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_uuid", "deleted"))
public final class InstanceFault: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
  /// The number of the error, as of HTTP.
  public var code: Int
  /// What has happened, in a line.
  public var message: String?
  /// What has happened, in detail, such as a trace.
  public var details: String?
  /// The name of the host that it has happened on.
  public var host: String?
}
