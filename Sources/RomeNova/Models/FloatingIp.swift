// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `floating_ips`.
@Entity(
  "floating_ips", mixins: .timestamps, .softDelete(.id), indexes: .unique("address", "deleted"), .index("fixed_ip_id"),
  .index("host"), .index("pool", "deleted", "fixed_ip_id", "project_id"), .index("project_id"))
public final class FloatingIp: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The address.
  public var address: NovaAddress?
  public var fixedIpID: Int?
  /// The project that it belongs to.
  public var projectID: String?
  /// The name of the host.
  public var host: String?
  public var autoAssigned: Bool? = false
  public var pool: String?
  public var interface: String?
}
