// SPDX-License-Identifier: Apache-2.0

import Rome

// Nova has these functions until Stein.
extension NovaDatabase {
  /// Adds a cell. Of two callers who add one of the same name, one gets it and the other an error.
  ///
  /// - Throws: ``NovaError/Code/cellExists``.
  public func cellCreate(_ context: NovaContext, values: NovaValues<Cell>) async throws(NovaError) -> NovaRow<Cell> {
    try await transaction(context) { error in
      error.isDuplicate(in: Cell.self) ? NovaError(.cellExists, ["name": NovaField(values.name)]) : nil
    } _: { call in
      NovaRow(try await call.insert(values))
    }
  }

  /// Changes a cell, and answers it as it is then, even when it has got another name.
  ///
  /// - Throws: ``NovaError/Code/cellNotFound``.
  public func cellUpdate(
    _ context: NovaContext, name: String, values: NovaValues<Cell>
  ) async throws(NovaError) -> NovaRow<Cell> {
    var values = values
    return try await transaction(context) { call in
      let cell = try await call.cell(name)
      if !values.assigns(Cell.updatedAt) { values.updatedAt = call.now }
      try await call.update(cell, values)
      return NovaRow(cell)
    }
  }

  /// Soft-deletes a cell.
  ///
  /// - Returns: How many cells had the name: 1 or 0.
  @discardableResult
  public func cellDelete(_ context: NovaContext, name: String) async throws(NovaError) -> Int {
    try await transaction(context) { call in
      try await call.query(Cell.self).filter(Cell.name == name).softDelete()
    }
  }

  /// A cell by its name.
  ///
  /// - Throws: ``NovaError/Code/cellNotFound``.
  public func cellGet(_ context: NovaContext, name: String) async throws(NovaError) -> NovaRow<Cell> {
    try await reading(context) { call in NovaRow(try await call.cell(name)) }
  }

  /// All live cells.
  public func cellGetAll(_ context: NovaContext) async throws(NovaError) -> [NovaRow<Cell>] {
    try await reading(context) { call in try await call.query(Cell.self, readDeleted: .no).rows() }
  }
}

extension NovaCall {
  fileprivate func cell(_ name: String) async throws -> Cell {
    guard let cell = try await query(Cell.self).filter(Cell.name == name).byKey().first() else {
      throw NovaError(.cellNotFound, ["cell_name": .string(name)])
    }
    return cell
  }
}
