// SPDX-License-Identifier: Apache-2.0

extension EntityState {
  /// Gives a column that can't be NULL the zero of its type, until the flush gives it the key of the entity that its
  /// relationship was made to lead to. Initialisers of `@Entity` that take the entity instead of its key call it first.
  ///
  /// - Parameter position: The position of the column in the schema.
  public func reserve(_ position: Int) {
    let column = schema.columns[position]
    let zero = Value.zero(of: column.type)
    guard let decoded = column.decode(zero) else { return }
    set(zero, at: position)
    remember(decoded, at: position)
  }
}
