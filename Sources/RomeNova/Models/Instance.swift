// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A virtual machine: a row of `instances`.
@Entity(
  "instances", mixins: .timestamps, .softDelete(.id),
  indexes: .unique("uuid"), .index("created_at"), .index("deleted", "created_at"), .index("host", "cleaned", "deleted"),
  .index("host", "deleted", "created_at"), .index("host", "node", "deleted"),
  .index("project_id", "deleted", "created_at"), .index("project_id", "uuid"), .index("task_state", "updated_at"),
  .index("terminated_at", "launched_at"), .index("updated_at", "project_id"))
public final class Instance: NovaProjectOwned {
  /// The number of the row, which the store gives; the name on the hypervisor is made of it.
  @PrimaryKey public var id: Int?
  /// The user that it belongs to.
  public var userID: String?
  /// The project that it belongs to.
  public var projectID: String?
  /// The image that it was made of; null or empty for one that boots from a volume.
  public var imageRef: String?
  /// The image of its kernel, where that is not in the image.
  public var kernelID: String?
  /// The image of its RAM disk, where that is not in the image.
  public var ramdiskID: String?
  /// The host name that it has inside.
  public var hostname: String?
  /// Its place among the instances of one request, from 0.
  public var launchIndex: Int?
  /// The name of the key pair that opens it.
  public var keyName: String?
  /// The public key of that pair.
  public var keyData: String?
  /// The state that the hypervisor reports, as a number of Nova.
  public var powerState: Int?
  /// The state that it is in for the user, such as `active`.
  public var vmState: String?
  /// What is being done to it, such as `rebooting`; null when nothing is.
  public var taskState: String?
  /// The memory of its flavor, in MiB.
  public var memoryMB: Int?
  /// The number of virtual CPUs of its flavor.
  public var vcpus: Int?
  /// The size of the root disk of its flavor, in GiB.
  public var rootGB: Int?
  /// The size of the ephemeral disk of its flavor, in GiB.
  public var ephemeralGB: Int?
  /// The UUID of the key that the ephemeral disk is encrypted with.
  public var ephemeralKeyUUID: String?
  /// The name of the service that runs it; null until it is placed.
  public var host: String?
  /// The name of the hypervisor that it runs on.
  public var node: String?
  /// The number of its flavor.
  public var instanceTypeID: Int?
  /// What the user gave to be read inside, in base 64.
  public var userData: String?
  /// What all instances of one request have in common.
  public var reservationID: String?
  /// When it was first started.
  public var launchedAt: Date?
  /// When it was destroyed.
  public var terminatedAt: Date?
  /// The availability zone.
  public var availabilityZone: String?
  /// The name that the user gave it.
  public var displayName: String?
  /// The description that the user gave it.
  public var displayDescription: String?
  /// The name of the host that it was first started on.
  public var launchedOn: String?
  /// Whether it is locked against changes.
  public var locked: Bool?
  /// Who locked it: `owner` or `admin`.
  public var lockedBy: String?
  /// The operating system inside, such as `linux`.
  public var osType: String?
  /// The architecture of its CPU.
  public var architecture: String?
  /// How it is virtualized, such as `hvm`.
  public var vmMode: String?
  /// The UUID that all others know it by.
  public var uuid: String
  /// The name of the root device inside, such as `/dev/vda`.
  public var rootDeviceName: String?
  /// The name of the ephemeral device inside.
  public var defaultEphemeralDevice: String?
  /// The name of the swap device inside.
  public var defaultSwapDevice: String?
  /// Whether it has a drive with its metadata: `True`, or empty.
  public var configDrive: String?
  /// The IPv4 address to reach it by.
  @Column("access_ip_v4") public var accessIPv4: NovaAddress?
  /// The IPv6 address to reach it by.
  @Column("access_ip_v6") public var accessIPv6: NovaAddress?
  /// Whether the root disk grows to the size of the flavor by itself.
  public var autoDiskConfig: Bool?
  /// How far a task is, in percent.
  public var progress: Int?
  /// Whether it is destroyed when it shuts down.
  public var shutdownTerminate: Bool? = false
  /// Whether it must not be destroyed.
  public var disableTerminate: Bool? = false
  /// The cell that it lives in, in the first version of cells.
  public var cellName: String?
  /// The number of its EC2 id in old releases. Ocata and later have it no more.
  public var internalID: Int?
  /// Whether the files of the deleted instance were removed from its host: 1, or 0.
  public var cleaned: Int? = 0
  /// Whether listings leave it out, because the instance is shown in another cell. Nova has it since Train.
  public var hidden: Bool? = false
}
