// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A set of hosts with metadata, such as an availability zone.
@Entity("aggregates", mixins: .timestamps, .softDelete(.id), indexes: .index("name", "deleted"), .index("uuid"))
public final class Aggregate: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the row; those of old releases have none.
  public var uuid: String?
  /// The name, which one live aggregate has.
  public var name: String?
}
