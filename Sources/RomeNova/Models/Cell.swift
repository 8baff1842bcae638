// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `cells`.
@Entity("cells", mixins: .timestamps, .softDelete(.id), indexes: .unique("name", "deleted"))
public final class Cell: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name.
  public var name: String?
  public var apiURL: String?
  public var transportURL: String
  public var weightOffset: Double? = 0.0
  public var weightScale: Double? = 1.0
  public var isParent: Bool?
}
