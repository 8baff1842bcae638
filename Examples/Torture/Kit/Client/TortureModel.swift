// SPDX-License-Identifier: Apache-2.0

import Rome

/// A value of a list. A transaction appends the same value to one list or more.
@Entity("torture_items", indexes: .index("list", "position"), .index("value"))
final class ListItem {
  @PrimaryKey var id: Int?
  var list: String
  var position: Int
  var value: Int
  /// Bytes that take room, so that a full disk is felt soon.
  var ballast: String = String(repeating: "x", count: 300)
}

/// What a transaction writes beside its items, so that a part of it that is missing is seen.
@Entity("torture_receipts")
final class Receipt {
  @PrimaryKey var value: Int
  /// How many items the transaction has written.
  var itemCount: Int
  @Unique var name: String
}
