// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `instance_extra`.
@Entity("instance_extra", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_uuid"))
public final class InstanceExtra: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String
  public var numaTopology: String?
  public var pciRequests: String?
  public var flavor: String?
  public var vcpuModel: String?
  public var migrationContext: String?
  public var deviceMetadata: String?
  public var keypairs: String?
  public var trustedCerts: String?
  public var resources: String?
}
