// SPDX-License-Identifier: Apache-2.0

import Rome

/// A column of images that a client names: what filters and orders can do with it, without its Swift type.
struct ImageField: Sendable {
  /// What the values are, which says how those of a client are understood.
  enum Kind: Sendable {
    case text
    case number
    case flag
    case time
  }

  /// A comparison of the column with a value.
  enum Comparison: Sendable {
    case equal
    case unequal
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
  }

  let name: String
  let kind: Kind
  /// What NULL counts as where a page begins; NULL for columns that are never NULL there.
  let replacement: Value
  /// The key of an order, descending or not.
  let orderKey: @Sendable (Bool) -> OrderKey
  /// The value of an image.
  let value: @Sendable (Image) -> Value
  private let comparing: @Sendable (Comparison, Value, _ isCoalesced: Bool) -> Condition

  private init<C: ColumnValue>(
    _ column: Column<Image, C>, _ kind: Kind, replacement: C.Base? = nil, _ value: @escaping @Sendable (Image) -> C
  ) where C.Base.Base == C.Base {
    name = column.name
    self.kind = kind
    self.replacement = replacement?.value ?? .null
    orderKey = { $0 ? column.descending : column.ascending }
    self.value = { value($0).value }
    comparing = { comparison, other, isCoalesced in
      if other.isNull { return comparison == .equal ? column == nil : .never }
      guard let other = C.Base(value: other) else { return comparison == .unequal ? column != nil : .never }
      if isCoalesced, let replacement {
        return Self.compare(coalesce(column, replacement), comparison, other)
      }
      return Self.compare(column, comparison, other)
    }
  }

  private static func compare<X: QueryExpression>(
    _ left: X, _ comparison: Comparison, _ right: X.Output.Base
  ) -> Condition {
    switch comparison {
    case .equal: left == right
    case .unequal: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }

  /// The column compared with a value. Only equality with NULL can be true.
  func compare(_ comparison: Comparison, _ value: Value) -> Condition { comparing(comparison, value, false) }

  /// The column, with NULL replaced, compared with a value.
  func compareReplaced(_ comparison: Comparison, _ value: Value) -> Condition { comparing(comparison, value, true) }

  /// The columns by their names. `deleted` and `visibility` can be sorted by; as filters they have rules of their own.
  static let all: [String: ImageField] = {
    let fields = [
      ImageField(Image.id, .text) { $0.id },
      ImageField(Image.name, .text, replacement: "") { $0.name },
      ImageField(Image.diskFormat, .text, replacement: "") { $0.diskFormat },
      ImageField(Image.containerFormat, .text, replacement: "") { $0.containerFormat },
      ImageField(Image.size, .number, replacement: 0) { $0.size },
      ImageField(Image.virtualSize, .number, replacement: 0) { $0.virtualSize },
      ImageField(Image.status, .text) { $0.status },
      ImageField(Image.visibility, .text) { $0.visibility },
      ImageField(Image.checksum, .text, replacement: "") { $0.checksum },
      ImageField(Image.osHashAlgo, .text, replacement: "") { $0.osHashAlgo },
      ImageField(Image.osHashValue, .text, replacement: "") { $0.osHashValue },
      ImageField(Image.minDisk, .number) { $0.minDisk },
      ImageField(Image.minRAM, .number) { $0.minRAM },
      ImageField(Image.owner, .text, replacement: "") { $0.owner },
      ImageField(Image.protected, .flag) { $0.protected },
      ImageField(Image.osHidden, .flag) { $0.osHidden },
      ImageField(Image.createdAt, .time) { $0.createdAt },
      ImageField(Image.updatedAt, .time) { $0.updatedAt },
      ImageField(Image.deletedAt, .time) { $0.deletedAt },
      ImageField(Image.deleted, .flag) { $0.deleted },
    ]
    return Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0) })
  }()
}

extension Condition {
  /// A condition that no image fulfils; the planner reads nothing for it.
  static var never: Condition { Image.id.in([String]()) }
}
