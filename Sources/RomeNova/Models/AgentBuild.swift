// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `agent_builds`.
@Entity(
  "agent_builds", mixins: .timestamps, .softDelete(.id), indexes: .unique("hypervisor", "os", "architecture", "deleted")
)
public final class AgentBuild: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var hypervisor: String?
  public var os: String?
  public var architecture: String?
  public var version: String?
  public var url: String?
  public var md5hash: String?
}
