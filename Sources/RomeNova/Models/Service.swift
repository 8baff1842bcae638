// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `services`.
@Entity(
  "services", mixins: .timestamps, .softDelete(.id), indexes: .unique("host", "binary", "deleted"),
  .unique("host", "topic", "deleted"))
public final class Service: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name of the host.
  public var host: String?
  public var binary: String?
  public var topic: String?
  public var reportCount: Int = 0
  public var disabled: Bool? = false
  public var disabledReason: String?
  public var lastSeenUp: Date?
  public var forcedDown: Bool? = false
  public var version: Int? = 0
  /// The UUID of the row.
  public var uuid: String?
}
