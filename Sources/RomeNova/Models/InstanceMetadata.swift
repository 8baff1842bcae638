// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A key and a value that a user gave to an instance: a row of `instance_metadata`.
@Entity("instance_metadata", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_uuid"))
public final class InstanceMetadata: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The key.
  public var key: String?
  /// The value of the key.
  public var value: String?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
}
