// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row that a function answers: its columns, and the related rows that the function loads with it.
///
/// ```swift
/// let instance = try await nova.instanceGetByUUID(context, uuid: uuid)
/// print(instance.hostname ?? "-")                          // the columns are its members
/// print(instance[Instance.metadata]?.count ?? 0)           // nil when the function has not loaded them
/// ```
///
/// A row is a value: it is what the row was when the function read it, and can cross to other tasks.
@dynamicMemberLookup
public struct NovaRow<Model: NovaModel>: Sendable {
  /// The values of the columns.
  public var columns: EntitySnapshot<Model>
  /// The names of columns that the function has not loaded.
  public var unloadedColumns: Set<String> = []
  /// The related rows that were loaded, by the names of their relationships.
  public private(set) var related: [String: NovaRelated] = [:]

  /// Makes a row of an entity as it is now.
  public init(_ entity: Model) {
    columns = entity.snapshot()
  }

  /// The value of a column.
  public subscript<T: ColumnValue>(dynamicMember column: KeyPath<Model.Type, Column<Model, T>>) -> T {
    get { columns[dynamicMember: column] }
    set { columns[dynamicMember: column] = newValue }
  }

  /// The related rows; nil when they were not loaded.
  public subscript<Target>(relationship: NovaToMany<Model, Target>) -> [NovaRow<Target>]? {
    get { relatedRows(relationship.name) }
    set { related[relationship.name] = newValue.map { .many($0) } }
  }

  func relatedRows<Target>(_ name: String) -> [NovaRow<Target>]? {
    guard case .many(let rows)? = related[name] else { return nil }
    return rows.compactMap { $0 as? NovaRow<Target> }
  }

  mutating func setRelated(_ name: String, _ rows: NovaRelated?) { related[name] = rows }

  /// The related row; the outer optional is nil when it was not loaded, the inner one when there is none.
  public subscript<Target>(relationship: NovaToOne<Model, Target>) -> NovaRow<Target>?? {
    get {
      guard case .one(let row)? = related[relationship.name] else { return .none }
      return .some(row as? NovaRow<Target>)
    }
    set { related[relationship.name] = newValue.map { .one($0) } }
  }
}

/// A row of any table.
public protocol AnyNovaRow: Sendable {
  /// The name of the row's class in Nova.
  var modelName: String { get }
  /// The name of the row's table.
  var tableName: String { get }
  /// The values of the columns in their stored form by name, in the order of the table, without those that were not loaded.
  var loadedColumns: [(name: String, value: Value)] { get }
  /// The related rows that were loaded, by the names of their relationships.
  var related: [String: NovaRelated] { get }
  /// Nova's extra keys, which are among the items of the row.
  func extraFields(_ options: NovaOptions) -> [String: NovaField]
  /// Nova's properties, which are not among the items of the row.
  func properties(_ options: NovaOptions) -> [String: NovaField]
}

/// Related rows of a row.
public enum NovaRelated: Sendable {
  /// The row at the one end of a relationship, if there is one.
  case one((any AnyNovaRow)?)
  /// The rows at the many end of a relationship.
  case many([any AnyNovaRow])
}

extension NovaRow: AnyNovaRow {
  /// The name of the row's class in Nova.
  public var modelName: String { Model.modelName }
  /// The name of the row's table.
  public var tableName: String { Model.tableName }

  /// The values of the columns by name.
  public var loadedColumns: [(name: String, value: Value)] {
    zip(Model.schema.columns, columns.values).compactMap { column, value in
      unloadedColumns.contains(column.name) ? nil : (column.name, value)
    }
  }

  /// Nova's extra keys.
  public func extraFields(_ options: NovaOptions) -> [String: NovaField] { Model.extraFields(of: self, options) }
  /// Nova's properties.
  public func properties(_ options: NovaOptions) -> [String: NovaField] { Model.properties(of: self, options) }
}
