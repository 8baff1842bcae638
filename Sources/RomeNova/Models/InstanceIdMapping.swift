// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `instance_id_mappings`.
@Entity("instance_id_mappings", mixins: .timestamps, .softDelete(.id), indexes: .index("uuid"))
public final class InstanceIdMapping: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the row.
  public var uuid: String
}
