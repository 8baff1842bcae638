// SPDX-License-Identifier: Apache-2.0

/// What the compute nodes of a cloud have together.
public struct ComputeNodeStatistics: Hashable, Sendable {
  /// How many compute nodes there are.
  public var count = 0
  /// How many processors they have.
  public var vcpus = 0
  /// Their memory, in MiB.
  public var memoryMB = 0
  /// Their disk space, in GiB.
  public var localGB = 0
  /// How many processors of instances they run.
  public var vcpusUsed = 0
  /// The memory that instances use, in MiB.
  public var memoryMBUsed = 0
  /// The disk space that instances use, in GiB.
  public var localGBUsed = 0
  /// The memory that is free, in MiB.
  public var freeRamMB = 0
  /// The disk space that is free, in GiB.
  public var freeDiskGB = 0
  /// How many builds, migrations and other tasks are at work.
  public var currentWorkload = 0
  /// How many instances run.
  public var runningVms = 0
  /// The disk space that is left when all disks have grown to their full size, in GiB.
  public var diskAvailableLeast = 0

  /// Of no compute nodes.
  public init() {}

  /// What two sets of compute nodes have together.
  public static func + (left: ComputeNodeStatistics, right: ComputeNodeStatistics) -> ComputeNodeStatistics {
    var sum = left
    sum.count += right.count
    sum.vcpus += right.vcpus
    sum.memoryMB += right.memoryMB
    sum.localGB += right.localGB
    sum.vcpusUsed += right.vcpusUsed
    sum.memoryMBUsed += right.memoryMBUsed
    sum.localGBUsed += right.localGBUsed
    sum.freeRamMB += right.freeRamMB
    sum.freeDiskGB += right.freeDiskGB
    sum.currentWorkload += right.currentWorkload
    sum.runningVms += right.runningVms
    sum.diskAvailableLeast += right.diskAvailableLeast
    return sum
  }
}
