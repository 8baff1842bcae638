// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `resource_providers`.
@Entity("resource_providers", indexes: .unique("name"), .unique("uuid"))
public final class ResourceProvider: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the row.
  public var uuid: String
  /// The name.
  public var name: String?
  public var generation: Int? = 0
  public var canHost: Int? = 0
}
