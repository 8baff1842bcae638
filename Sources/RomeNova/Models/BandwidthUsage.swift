// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `bw_usage_cache`.
@Entity("bw_usage_cache", mixins: .timestamps, .softDelete(.id), indexes: .index("uuid", "start_period"))
public final class BandwidthUsage: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the row.
  public var uuid: String?
  public var mac: String?
  public var startPeriod: Date
  public var lastRefreshed: Date?
  public var bwIn: Int64?
  public var bwOut: Int64?
  public var lastCtrIn: Int64?
  public var lastCtrOut: Int64?
}
