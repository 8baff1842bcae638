// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// What a host must have for a flavor, or how it treats its instances: one key with its value.
@Entity(
  "instance_type_extra_specs", mixins: .timestamps, .softDelete(.id),
  indexes: .unique("instance_type_id", "key", "deleted"))
public final class InstanceTypeExtraSpecs: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The key.
  public var key: String?
  /// The value of the key.
  public var value: String?
  /// The number of the flavor.
  public var instanceTypeID: Int
}
