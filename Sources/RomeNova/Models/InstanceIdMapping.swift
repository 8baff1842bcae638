// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The number by which the EC2 interface knows an instance.
@Entity("instance_id_mappings", mixins: .timestamps, .softDelete(.id), indexes: .index("uuid"))
public final class InstanceIdMapping: NovaModel {
  /// The number, which the store gives unless the caller does.
  @PrimaryKey public var id: Int?
  /// The UUID of the instance.
  public var uuid: String
}
