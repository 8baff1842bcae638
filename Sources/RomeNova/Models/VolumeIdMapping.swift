// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The number by which the EC2 interface knows a volume.
@Entity("volume_id_mappings", mixins: .timestamps, .softDelete(.id), indexes: .index("uuid"))
public final class VolumeIdMapping: NovaModel {
  /// The number, which the store gives unless the caller does.
  @PrimaryKey public var id: Int?
  /// The UUID of the volume.
  public var uuid: String
}
