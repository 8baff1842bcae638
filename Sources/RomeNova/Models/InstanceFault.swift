// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `instance_faults`.
@Entity(
  "instance_faults", mixins: .timestamps, .softDelete(.id), indexes: .index("host"),
  .index("instance_uuid", "deleted", "created_at"))
public final class InstanceFault: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
  public var code: Int
  public var message: String?
  public var details: String?
  /// The name of the host.
  public var host: String?
}
