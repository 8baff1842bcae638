// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A build of the agent that runs inside of instances: which version there is for a kind of instance, and where.
@Entity(
  "agent_builds", mixins: .timestamps, .softDelete(.id), indexes: .unique("hypervisor", "os", "architecture", "deleted")
)
public final class AgentBuild: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The hypervisor that the build is for, such as `xen`.
  public var hypervisor: String?
  /// The operating system that the build is for.
  public var os: String?
  /// The architecture of processors that the build is for, such as `x86_64`.
  public var architecture: String?
  /// The version of the build.
  public var version: String?
  /// Where the build is.
  public var url: String?
  /// The MD5 hash of the build, in hexadecimal digits.
  public var md5hash: String?
}
