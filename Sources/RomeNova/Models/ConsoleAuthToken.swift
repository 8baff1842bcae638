// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The right to connect to a console of an instance, for a time: a row of `console_auth_tokens`. Nova has it since Ocata.
@Entity(
  "console_auth_tokens", mixins: .timestamps,
  indexes: .unique("token_hash"), .index("instance_uuid"), .index("host", "expires"), .index("expires"))
public final class ConsoleAuthToken: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The hash of the token, in hexadecimal digits.
  public var tokenHash: String
  /// The type of the console, such as `novnc`.
  public var consoleType: String
  /// The name of the host that the console is on.
  public var host: String
  /// The port of the console on its host.
  public var port: Int
  /// The path that the proxy asks the host for, where the type of console needs one.
  public var internalAccessPath: String?
  /// The UUID of the instance.
  public var instanceUUID: String
  /// When the token lapses, in seconds since 1970.
  public var expires: Int
  /// The address of the proxy that the user connects to. Nova has it since Queens.
  public var accessURLBase: String?
}
