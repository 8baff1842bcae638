// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `instances`.
@Entity(
  "instances", mixins: .timestamps, .softDelete(.id),
  indexes: .unique("uuid"), .index("created_at"), .index("deleted", "created_at"), .index("host", "cleaned", "deleted"),
  .index("host", "deleted", "created_at"), .index("host", "node", "deleted"),
  .index("project_id", "deleted", "created_at"), .index("project_id", "uuid"), .index("task_state", "updated_at"),
  .index("terminated_at", "launched_at"), .index("updated_at", "project_id"))
public final class Instance: NovaProjectOwned {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The user that it belongs to.
  public var userID: String?
  /// The project that it belongs to.
  public var projectID: String?
  public var imageRef: String?
  public var kernelID: String?
  public var ramdiskID: String?
  public var hostname: String?
  public var launchIndex: Int?
  public var keyName: String?
  public var keyData: String?
  public var powerState: Int?
  public var vmState: String?
  public var taskState: String?
  public var memoryMB: Int?
  public var vcpus: Int?
  public var rootGB: Int?
  public var ephemeralGB: Int?
  public var ephemeralKeyUUID: String?
  /// The name of the host.
  public var host: String?
  public var node: String?
  /// The number of the flavor.
  public var instanceTypeID: Int?
  public var userData: String?
  public var reservationID: String?
  public var launchedAt: Date?
  public var terminatedAt: Date?
  /// The availability zone.
  public var availabilityZone: String?
  public var displayName: String?
  public var displayDescription: String?
  public var launchedOn: String?
  public var locked: Bool?
  public var lockedBy: String?
  public var osType: String?
  public var architecture: String?
  public var vmMode: String?
  /// The UUID of the row.
  public var uuid: String
  public var rootDeviceName: String?
  public var defaultEphemeralDevice: String?
  public var defaultSwapDevice: String?
  public var configDrive: String?
  @Column("access_ip_v4") public var accessIPv4: NovaAddress?
  @Column("access_ip_v6") public var accessIPv6: NovaAddress?
  public var autoDiskConfig: Bool?
  public var progress: Int?
  public var shutdownTerminate: Bool? = false
  public var disableTerminate: Bool? = false
  public var cellName: String?
  public var internalID: Int?
  public var cleaned: Int? = 0
  public var hidden: Bool? = false
}
