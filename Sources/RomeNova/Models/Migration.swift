// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The move of an instance to another host, or to another flavor.
@Entity(
  "migrations", mixins: .timestamps, .softDelete(.id), indexes: .unique("uuid"),
  .index("instance_uuid", "status", "deleted"), .index("source_compute", "source_node", "deleted"),
  .index("dest_compute", "dest_node", "deleted"), .index("dest_compute", "status", "updated_at"),
  .index("status", "deleted"), .index("deleted", "created_at"))
public final class Migration: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The host that the instance leaves.
  public var sourceCompute: String?
  /// The host that the instance goes to.
  public var destCompute: String?
  /// The node of the host that the instance leaves.
  public var sourceNode: String?
  /// The node of the host that the instance goes to.
  public var destNode: String?
  /// The address of the host that the instance goes to.
  public var destHost: String?
  /// The number of the flavor that the instance had.
  public var oldInstanceTypeID: Int?
  /// The number of the flavor that the instance gets.
  public var newInstanceTypeID: Int?
  /// The UUID of the instance that moves.
  public var instanceUUID: String?
  /// How far it is, such as `migrating` or `confirmed`.
  public var status: String?
  /// What it is: `migration`, `resize`, `live-migration` or `evacuation`.
  public var migrationType: String?
  /// Whether lists for users leave it out.
  public var hidden: Bool? = false
  /// The memory to copy, in bytes.
  public var memoryTotal: Int64?
  /// The memory that has been copied, in bytes.
  public var memoryProcessed: Int64?
  /// The memory that is still to be copied, in bytes.
  public var memoryRemaining: Int64?
  /// The disks to copy, in bytes.
  public var diskTotal: Int64?
  /// What of the disks has been copied, in bytes.
  public var diskProcessed: Int64?
  /// What of the disks is still to be copied, in bytes.
  public var diskRemaining: Int64?
  /// The UUID of the row; releases since Pike have it.
  public var uuid: String?
  /// Whether the instance goes to another cell; Train has it.
  public var crossCellMove: Bool? = false
  /// The user who asked for it; Train has it.
  public var userID: String?
  /// The project of that user; Train has it.
  public var projectID: String?
}
