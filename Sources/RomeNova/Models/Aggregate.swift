// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `aggregates`.
@Entity("aggregates", mixins: .timestamps, .softDelete(.id), indexes: .index("uuid"))
public final class Aggregate: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the row.
  public var uuid: String?
  /// The name.
  public var name: String?
}
