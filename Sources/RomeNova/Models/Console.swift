// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `consoles`.
@Entity("consoles", mixins: .timestamps, .softDelete(.id), indexes: .index("instance_uuid"))
public final class Console: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var instanceName: String?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String?
  public var password: String?
  public var port: Int?
  public var poolID: Int?
}
