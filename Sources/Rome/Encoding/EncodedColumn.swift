// SPDX-License-Identifier: Apache-2.0

/// A column of an entity where it lies in the bytes of the row, for types that can be made of them without a ``Value`` in between.
///
/// Nothing is copied or retained for one: it is a look at the entity, which may find that the value is not in the row any more.
@frozen
public struct EncodedColumn {
  @usableFromInline let state: EntityState
  @usableFromInline let position: Int

  @inlinable
  init(_ state: EntityState, _ position: Int) {
    self.state = state
    self.position = position
  }

  /// The stored value.
  public var value: Value { state.value(at: position) }

  /// Whether the row says that the column is NULL.
  public var isNull: Bool { state.withRow(holding: position) { $0.isMarkedNull(position) } ?? false }

  /// The whole number in a column of the type ``ColumnType/int``; nil of NULL, of any other type, and of a column that was set.
  public var integer: Int64? { read(.int) { RowFormat.integer($0) } }

  /// The microseconds since 1970 in a column of the type ``ColumnType/date``; nil as for ``integer``.
  public var microseconds: Int64? { read(.date) { RowFormat.integer($0) } }

  /// The truth value in a column of the type ``ColumnType/bool``; nil as for ``integer``.
  public var bool: Bool? { read(.bool) { $0.first == 1 } }

  /// The text in a column of the type ``ColumnType/string``; nil as for ``integer``. What is not UTF-8 is repaired.
  public var string: String? { read(.string) { String(decoding: $0, as: UTF8.self) } }

  @inline(__always)
  private func read<Result>(_ type: ColumnType, _ make: (UnsafeRawBufferPointer) -> Result) -> Result? {
    state.withRow(holding: position) { row in
      guard row.type(of: position) == type else { return nil }
      return row.withColumn(position) { bytes in bytes.map(make) }
    }
  }
}
