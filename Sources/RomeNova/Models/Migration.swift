// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `migrations`.
@Entity(
  "migrations", mixins: .timestamps, .softDelete(.id), indexes: .index("deleted", "instance_uuid", "status"),
  .index("deleted", "source_compute", "dest_compute", "source_node", "dest_node", "status"))
public final class Migration: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var sourceCompute: String?
  public var destCompute: String?
  public var sourceNode: String?
  public var destNode: String?
  public var destHost: String?
  public var oldInstanceTypeID: Int?
  public var newInstanceTypeID: Int?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
  public var status: String?
  public var migrationType: String?
  public var hidden: Bool? = false
  public var memoryTotal: Int64?
  public var memoryProcessed: Int64?
  public var memoryRemaining: Int64?
  public var diskTotal: Int64?
  public var diskProcessed: Int64?
  public var diskRemaining: Int64?
  /// The UUID of the row.
  public var uuid: String?
  public var crossCellMove: Bool? = false
  /// The user that it belongs to.
  public var userID: String?
  /// The project that it belongs to.
  public var projectID: String?
}
