// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The EC2 number of an instance: a row of `instance_id_mappings`.
@Entity("instance_id_mappings", mixins: .timestamps, .softDelete(.id), indexes: .index("uuid"))
public final class InstanceIdMapping: NovaModel {
  /// The number, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the instance.
  public var uuid: String
}
