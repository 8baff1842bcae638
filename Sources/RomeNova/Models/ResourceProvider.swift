// SPDX-License-Identifier: Apache-2.0

public import Rome

/// Something that has resources, such as a compute node.
@Entity("resource_providers", indexes: .unique("name"), .unique("uuid"))
public final class ResourceProvider: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID: that of the compute node.
  public var uuid: String
  /// The name.
  public var name: String?
  /// How often its inventory has changed.
  public var generation: Int? = 0
  /// Whether it can run instances: 0 for no.
  public var canHost: Int? = 0
}
