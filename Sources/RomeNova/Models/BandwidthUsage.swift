// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// What an interface of an instance has sent and received in a period of audit.
@Entity("bw_usage_cache", mixins: .timestamps, .softDelete(.id), indexes: .index("uuid", "start_period"))
public final class BandwidthUsage: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the instance.
  public var uuid: String?
  /// The address of the interface.
  public var mac: String?
  /// When the period began.
  public var startPeriod: Date
  /// When the numbers were read last.
  public var lastRefreshed: Date?
  /// What the interface has received in the period, in bytes.
  public var bwIn: Int64?
  /// What the interface has sent in the period, in bytes.
  public var bwOut: Int64?
  /// The hypervisor's counter of received bytes when it was read last.
  public var lastCtrIn: Int64?
  /// The hypervisor's counter of sent bytes when it was read last.
  public var lastCtrOut: Int64?
}
