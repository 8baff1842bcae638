// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// What else is known of an instance, in columns that may be large: a row of `instance_extra`. Most are JSON that only Nova's
/// objects read.
@Entity("instance_extra", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_uuid"))
public final class InstanceExtra: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String
  /// The NUMA topology, as JSON.
  public var numaTopology: String?
  /// The PCI devices that were asked for, as JSON.
  public var pciRequests: String?
  /// The flavor, and those before and after a resize, as JSON.
  public var flavor: String?
  /// The model of the virtual CPU, as JSON.
  public var vcpuModel: String?
  /// What a migration changes, as JSON.
  public var migrationContext: String?
  /// The devices with their tags, as JSON. Nova has it since Newton.
  public var deviceMetadata: String?
  /// The key pairs, as JSON. Nova has it since Ocata.
  public var keypairs: String?
  /// The certificates that images are checked with, as JSON. Nova has it since Rocky.
  public var trustedCerts: String?
  /// The resources that the instance claims, as JSON. Nova has it since Train.
  public var resources: String?
}
