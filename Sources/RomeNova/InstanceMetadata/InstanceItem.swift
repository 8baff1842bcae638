// SPDX-License-Identifier: Apache-2.0

import Rome

/// A table of keys and values of instances: their two kinds of metadata.
protocol InstanceItem: NovaModel {
  /// The type of the column of the key.
  associatedtype Key: ColumnValue where Key.Base == String
  /// The type of the column of the instance.
  associatedtype Owner: ColumnValue where Owner.Base == String

  /// The column of the key.
  static var key: Column<Self, Key> { get }
  /// The column of the value.
  static var value: Column<Self, String?> { get }
  /// The column of the instance.
  static var instanceUUID: Column<Self, Owner> { get }
  /// Whether rows are deleted for good when all metadata of an instance is replaced. Nova does that with its own metadata,
  /// because it reads the deleted rows of that.
  static var isReplacedForGood: Bool { get }

  /// The key; nil in a row that has none.
  var name: String? { get }
  /// The value.
  var value: String? { get set }
}

extension InstanceMetadata: InstanceItem {
  static var isReplacedForGood: Bool { false }
  var name: String? { key }
}

extension InstanceSystemMetadata: InstanceItem {
  static var isReplacedForGood: Bool { true }
  var name: String? { key }
}

extension NovaCall {
  /// The metadata of an instance as keys and values.
  func items<Item: InstanceItem>(_ items: RomeQuery<Item>, of uuid: String) async throws -> [String: String?] {
    let rows = try await items.filter(Item.instanceUUID == uuid).byKey().all()
    return Dictionary(rows.compactMap { row in row.name.map { ($0, row.value) } }, uniquingKeysWith: { $1 })
  }

  /// Adds rows for keys and values without flushing them, in the order of the keys.
  @discardableResult
  func makeItems<Item: InstanceItem>(
    _ type: Item.Type, _ items: [String: String?], of uuid: String
  ) throws -> [Item] {
    try items.sorted { $0.key < $1.key }.map { key, value in
      var values = NovaValues<Item>()
      try values.assign(.string(key), to: Item.key.name)
      try values.assign(value.value, to: Item.value.name)
      try values.assign(.string(uuid), to: Item.instanceUUID.name)
      return try make(values)
    }
  }

  /// Sets keys of an instance to values.
  ///
  /// - Parameters:
  ///   - items: The rows that the function sees.
  ///   - uuid: The UUID of the instance.
  ///   - values: The values by key.
  ///   - deletesOthers: Whether the other keys are soft-deleted.
  func setItems<Item: InstanceItem>(
    _ items: RomeQuery<Item>, of uuid: String, to values: [String: String?], deletesOthers: Bool
  ) async throws {
    let items = items.filter(Item.instanceUUID == uuid)
    if deletesOthers {
      try await (values.isEmpty ? items : items.filter(Item.key.notIn(Array(values.keys)))).softDelete()
    }
    var missing = values
    for item in try await items.filter(Item.key.in(Array(values.keys))).all() {
      guard let name = item.name, let value = values[name] else { continue }
      item.value = value
      missing[name] = nil
    }
    try makeItems(Item.self, missing, of: uuid)
  }

  /// Makes these the only keys of an instance, as an update of the instance does that brings metadata.
  ///
  /// - Returns: The rows that it has then, in the order of their numbers.
  func replaceItems<Item: InstanceItem>(
    _ type: Item.Type, of uuid: String, with values: [String: String?]
  ) async throws -> [NovaRow<Item>] {
    let items = query(type, readDeleted: Item.isReplacedForGood ? .yes : .no)
    var missing = values
    var rows: [Item] = []
    for item in try await items.filter(Item.instanceUUID == uuid).byKey().all() {
      if let name = item.name, let value = missing.removeValue(forKey: name) {
        item.value = value
        rows.append(item)
      } else if Item.isReplacedForGood {
        session.delete(item)
      } else {
        try session.softDelete(item)
      }
    }
    rows += try makeItems(type, missing, of: uuid)
    try await session.flush()
    return rows.map { NovaRow($0) }
  }
}
