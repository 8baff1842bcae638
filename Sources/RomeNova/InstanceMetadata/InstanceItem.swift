// SPDX-License-Identifier: Apache-2.0

import Rome

/// A table of keys and values of instances.
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

  /// The key; nil in a row that has none.
  var name: String? { get }
  /// The value.
  var value: String? { get set }
}

extension InstanceMetadata: InstanceItem {
  /// The key.
  var name: String? { key }
}

extension InstanceSystemMetadata: InstanceItem {
  /// The key.
  var name: String? { key }
}

extension NovaCall {
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
}
