// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A program of Nova that runs on a host, such as `nova-compute`, and that reports that it is alive.
@Entity(
  "services", mixins: .timestamps, .softDelete(.id), indexes: .unique("host", "binary", "deleted"),
  .unique("host", "topic", "deleted"), .unique("uuid"), .index("binary", "deleted"), .index("topic", "deleted"))
public final class Service: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name of the host that it runs on.
  public var host: String?
  /// The name of the program.
  public var binary: String?
  /// The topic of the message queue that it listens to.
  public var topic: String?
  /// How often it has reported.
  public var reportCount: Int = 0
  /// Whether it gets no new work.
  public var disabled: Bool? = false
  /// Why it is disabled.
  public var disabledReason: String?
  /// When it last reported.
  public var lastSeenUp: Date?
  /// Whether an operator says that it is down, whatever it reports.
  public var forcedDown: Bool? = false
  /// The version of what it can do.
  public var version: Int? = 0
  /// The UUID of the row; releases since Pike have it.
  public var uuid: String?
}
