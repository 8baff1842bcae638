// SPDX-License-Identifier: Apache-2.0

/// What a column means to Rome beside its value.
public enum ColumnRole: Hashable, Sendable {
  /// Nothing.
  case plain
  /// The point in time at which the row was inserted; set by the session when it is not set.
  case createdAt
  /// The point in time at which the row was last changed; set by the session at each update.
  case updatedAt
  /// Whether the row is soft-deleted: a boolean (false, true), or an integer (0, the row's primary key).
  case deleted
  /// The point in time at which the row was soft-deleted.
  case deletedAt
}

/// A column of a table.
public struct ColumnDescription: Sendable {
  /// The name of the column in the store.
  public let name: String
  /// The name of the property of the entity.
  public let property: String
  /// How the values are stored.
  public let type: ColumnType
  /// Whether the column can be NULL.
  public let isNullable: Bool
  /// Whether values are decoded when the row is loaded, because that can fail; see ``ColumnValue/canFail``.
  public let canFail: Bool
  /// What the column means beside its value.
  public let role: ColumnRole
  /// Makes the value of a new entity that was not given one; nil when there is no default.
  public let makeDefault: (@Sendable () -> Value)?
  /// What the column reads as in rows that were written before it was added.
  public let fill: Value
  /// Decodes a stored value into the column's Swift type; nil when it is none of that type.
  public let decode: @Sendable (Value) -> (any ColumnValue)?
  /// The Swift type of the column without `Optional`: what snapshots encode and decode. nil when only the record in the
  /// store is known.
  let baseType: (any ColumnValue.Type)?

  /// Describes a column of a Swift type.
  ///
  /// - Parameters:
  ///   - name: The name of the column in the store.
  ///   - type: The Swift type of the property.
  ///   - property: The name of the property, when it is another.
  ///   - role: What the column means beside its value.
  ///   - fill: What old rows read as. Without it: NULL where the column has one, else the zero of its type.
  ///   - makeDefault: Makes the value of a new entity that was not given one.
  public init<T: ColumnValue>(
    _ name: String, _ type: T.Type, property: String? = nil, role: ColumnRole = .plain, fill: T? = nil,
    default makeDefault: (@Sendable () -> T)? = nil
  ) {
    self.name = name
    self.property = property ?? name
    self.type = T.columnType
    isNullable = T.isNullable
    canFail = T.canFail
    self.role = role
    if let makeDefault {
      self.makeDefault = { makeDefault().value }
    } else {
      self.makeDefault = nil
    }
    self.fill = fill?.value ?? (T.isNullable ? .null : .zero(of: T.columnType))
    decode = { stored in T(value: stored) }
    baseType = T.Base.self
  }
}

extension Value {
  /// The value that columns without a default read as in rows that are older than they.
  static func zero(of type: ColumnType) -> Value {
    switch type {
    case .bool: .bool(false)
    case .int: .int(0)
    case .double: .double(0)
    case .string: .string("")
    case .bytes: .bytes([])
    case .date: .date(0)
    case .uuid: .uuid(.zero)
    case .json: .json(Array("null".utf8))
    }
  }
}

extension ColumnDescription {
  /// Describes a column of which only the record in the store is known.
  init(recorded name: String, type: ColumnType, isNullable: Bool, fill: Value) {
    self.name = name
    property = name
    self.type = type
    self.isNullable = isNullable
    canFail = false
    role = .plain
    makeDefault = nil
    self.fill = fill
    decode = { _ in nil }
    baseType = nil
  }
}
