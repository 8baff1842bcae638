// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such cell: `cell_name`.
  public static let cellNotFound = Self("CellNotFound", under: .notFound)
  /// There is a cell of that name already: `name`.
  public static let cellExists = Self("CellExists")
}
