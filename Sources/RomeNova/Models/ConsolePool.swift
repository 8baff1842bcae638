// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The consoles of a type that a proxy offers for a compute host: a row of `console_pools`.
@Entity(
  "console_pools", mixins: .timestamps, .softDelete(.id),
  indexes: .unique("host", "console_type", "compute_host", "deleted"))
public final class ConsolePool: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The address of the compute host.
  public var address: NovaAddress?
  /// The user that the proxy logs in as.
  public var username: String?
  /// The password that the proxy logs in with.
  public var password: String?
  /// The type of the consoles, such as `vnc`.
  public var consoleType: String?
  /// The name of the proxy's host for users.
  public var publicHostname: String?
  /// The name of the proxy's host.
  public var host: String?
  /// The name of the compute host.
  public var computeHost: String?
}
