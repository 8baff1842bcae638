// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `console_auth_tokens`.
@Entity(
  "console_auth_tokens", mixins: .timestamps, indexes: .unique("token_hash"), .index("instance_uuid"),
  .index("host", "expires"))
public final class ConsoleAuthToken: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var tokenHash: String
  public var consoleType: String
  /// The name of the host.
  public var host: String
  public var port: Int
  public var internalAccessPath: String?
  /// The UUID of the instance that it belongs to.
  public var instanceUUID: String
  public var expires: Int
  public var accessURLBase: String?
}
