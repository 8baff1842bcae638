// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `console_pools`.
@Entity(
  "console_pools", mixins: .timestamps, .softDelete(.id),
  indexes: .unique("host", "console_type", "compute_host", "deleted"))
public final class ConsolePool: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The address.
  public var address: NovaAddress?
  public var username: String?
  public var password: String?
  public var consoleType: String?
  public var publicHostname: String?
  /// The name of the host.
  public var host: String?
  public var computeHost: String?
}
