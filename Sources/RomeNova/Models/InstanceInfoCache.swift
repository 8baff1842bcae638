// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// What is known of the network of an instance: a row of `instance_info_caches`. An instance has one, a deleted one too.
@Entity("instance_info_caches", mixins: .timestamps, .softDelete(.id), indexes: .unique("instance_uuid"))
public final class InstanceInfoCache: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The interfaces with their addresses, as JSON.
  public var networkInfo: String?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String
}
