// SPDX-License-Identifier: Apache-2.0

/// The tables of a store at one epoch. A new epoch makes a new view, so a view never changes but for what it learns.
final class CatalogView: Sendable {
  /// The version of the epoch row; nil when no table was ever used.
  let epoch: Revision?
  let records: [String: TableRecord]
  private let bindings: [ObjectIdentifier: TableBinding]
  private let references: [String: [ReferencingKey]]

  static let empty = CatalogView()

  private init() {
    epoch = nil
    records = [:]
    bindings = [:]
    references = [:]
  }

  /// Resolves records and the schemas that this process declares.
  init(epoch: Revision?, records: [String: TableRecord], schemas: [EntitySchema]) throws(RomeError) {
    self.epoch = epoch
    self.records = records
    var bindings: [ObjectIdentifier: TableBinding] = [:]
    var byTable: [String: TableBinding] = [:]
    for schema in schemas {
      guard let record = records[schema.table] else { continue }
      let binding = TableBinding(schema, record, records)
      bindings[ObjectIdentifier(schema)] = binding
      byTable[schema.table] = binding
    }
    for record in records.values where byTable[record.table] == nil {
      byTable[record.table] = TableBinding(try record.makeSchema(), record, records)
    }
    self.bindings = bindings
    var references: [String: [ReferencingKey]] = [:]
    for binding in byTable.values {
      for (number, foreignKey) in binding.schema.foreignKeys.enumerated() {
        guard let key = ReferencingKey(binding, number, byTable[foreignKey.description.table]) else { continue }
        references[foreignKey.description.table, default: []].append(key)
      }
    }
    self.references = references
  }

  /// The binding of a schema; nil when the view does not know it yet.
  func binding(_ schema: EntitySchema) -> TableBinding? {
    bindings[ObjectIdentifier(schema)]
  }

  /// Whether the view has the binding of a schema.
  func knows(_ schema: EntitySchema) -> Bool {
    bindings.index(forKey: ObjectIdentifier(schema)) != nil
  }

  /// The foreign keys that refer to the table.
  func references(to table: String) -> [ReferencingKey] {
    references[table] ?? []
  }

  /// The foreign keys that refer to the table here and not in an earlier view.
  func newReferences(to table: String, since earlier: CatalogView) -> [ReferencingKey] {
    func name(_ key: ReferencingKey) -> [String] {
      [key.binding.schema.table, key.onDelete.rawValue] + key.columns.map(String.init)
    }
    let known = Set(earlier.references(to: table).map(name))
    return references(to: table).filter { !known.contains(name($0)) }
  }

  /// Whether queries may use the index of the key space; true for rows.
  func isReadable(_ space: KeySpace) -> Bool {
    guard let name = space.index else { return true }
    return records[space.table]?.indexes.contains { $0.name == name && $0.isReadable } ?? false
  }

  /// The schemas that the view knows.
  var schemas: [EntitySchema] { bindings.values.map(\.schema) }
}

extension TableBinding {
  init(_ schema: EntitySchema, _ record: TableRecord, _ records: [String: TableRecord]) {
    self.schema = schema
    var indexes = schema.indexes
    for stored in record.indexes where !indexes.contains(where: { $0.name == stored.name }) {
      let columns = stored.columns.compactMap { schema.position(of: $0) }
      indexes.append(
        EntitySchema.Index(
          description: stored.description, columns: columns, descending: stored.descending,
          space: .index(stored.name, of: schema.table)))
    }
    self.indexes = indexes
    let readable = Set(record.indexes.filter(\.isReadable).map(\.name))
    self.readable = readable
    ways =
      [IndexReference(primaryKeyOf: schema)]
      + schema.indexes.filter { readable.contains($0.name) }.map { IndexReference($0) }
    targets = schema.foreignKeys.map { foreignKey in
      let table = foreignKey.description.table
      let columns = foreignKey.description.targetColumns
      // A table that refers to itself is recorded in the same step, so its own schema will do.
      let target = records[table]
      if columns.isEmpty || target?.primaryKey == columns { return .primaryKey(table) }
      guard let index = target?.indexes.first(where: { $0.isUnique && $0.columns == columns }) else { return .none }
      return .index(.index(index.name, of: table), descending: index.descending)
    }
  }
}

extension ReferencingKey {
  init?(_ binding: TableBinding, _ number: Int, _ target: TableBinding?) {
    let foreignKey = binding.schema.foreignKeys[number]
    guard let target else { return nil }
    self.binding = binding
    self.foreignKey = number
    let names = foreignKey.description.targetColumns
    targetColumns = names.isEmpty ? target.schema.primaryKey : names.compactMap { target.schema.position(of: $0) }
    guard targetColumns.count == foreignKey.columns.count else { return nil }
    let columns = foreignKey.columns
    if Array(binding.schema.primaryKey.prefix(columns.count)) == columns {
      index = nil
    } else if let found = binding.indexes.first(where: { Array($0.columns.prefix(columns.count)) == columns }) {
      index = found
    } else {
      return nil
    }
  }
}
