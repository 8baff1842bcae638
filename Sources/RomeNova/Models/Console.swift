// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// An open console of an instance: a row of `consoles`.
@Entity("consoles", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_uuid"), .index("pool_id"))
public final class Console: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name of the instance.
  public var instanceName: String?
  /// The UUID of the instance.
  public var instanceUUID: String?
  /// The password of the console.
  public var password: String?
  /// The port of the console on the proxy's host.
  public var port: Int?
  /// The number of the pool that the console is of.
  public var poolID: Int?
}
