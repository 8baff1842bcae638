// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `floating_ips`: a public address, which a project may have and lead to one of its fixed addresses.
@Entity(
  "floating_ips", mixins: .timestamps, .softDelete(.id), indexes: .unique("address", "deleted"), .index("fixed_ip_id"),
  .index("host"), .index("deleted", "pool", "fixed_ip_id", "project_id"), .index("project_id"))
public final class FloatingIp: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The address.
  public var address: NovaAddress?
  /// The number of the fixed address that it leads to.
  public var fixedIpID: Int?
  /// The project that has the address; nil while it is free.
  public var projectID: String?
  /// The name of the host that routes it.
  public var host: String?
  /// Whether Nova gave the address to an instance by itself.
  public var autoAssigned: Bool? = false
  /// The name of the pool that it is handed out from.
  public var pool: String?
  /// The interface of the host that it is on.
  public var interface: String?
}

extension FloatingIp: NovaProjectOwned {}
