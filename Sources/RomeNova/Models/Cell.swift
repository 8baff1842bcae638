// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A part of a cloud with its own database and message queue, of the first kind of cells: a row of `cells`.
@Entity("cells", mixins: .timestamps, .softDelete(.id), indexes: .unique("name", "deleted"))
public final class Cell: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name, of which there is one live cell.
  public var name: String?
  /// The address of the cell's API.
  public var apiURL: String?
  /// The address of the cell's message queue.
  public var transportURL: String
  /// What is added to the weight of the cell when one is chosen.
  public var weightOffset: Double? = 0.0
  /// What the weight of the cell is multiplied by when one is chosen.
  public var weightScale: Double? = 1.0
  /// Whether the cell is above this one, and not below.
  public var isParent: Bool?
}
