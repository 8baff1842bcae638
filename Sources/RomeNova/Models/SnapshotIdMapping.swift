// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `snapshot_id_mappings`.
@Entity("snapshot_id_mappings", mixins: .timestamps, .softDelete(.id))
public final class SnapshotIdMapping: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the row.
  public var uuid: String
}
