// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// A column as its property declares it.
struct ColumnModel {
  /// What is known of the initial value of a property.
  enum InitialValue {
    /// There is none.
    case none
    /// A literal.
    case literal(String)
    /// Not a literal, but always the same, as an enum's case.
    case constant(String)
    /// Anything else.
    case computed(String)

    var exists: Bool {
      if case .none = self { false } else { true }
    }
  }

  /// A reference to another entity.
  struct Reference {
    /// The expression of the type, without `.self`.
    let target: String
    /// The expression of the column's name; nil for the primary key.
    let column: String?
    /// The expression of the action; nil for the default one.
    let onDelete: String?
  }

  /// The property in code, with backticks where it has them.
  var property: String
  /// The name of the column in the store.
  var columnName: String
  /// The type in code.
  var type: String
  var isOptional = false
  var initialValue = InitialValue.none
  /// The level that the property declares; nil when it declares none.
  var access: AccessLevel?
  /// The case of `ColumnRole`; nil for a plain column.
  var role: String?
  var isPrimaryKey = false
  var isIndexed = false
  var isUnique = false
  var reference: Reference?
  /// Whether a mixin adds the column, so that its property has to be written.
  var isMixin = false

  /// The property without backticks.
  var plainName: String { property.filter { $0 != "`" } }
  /// Whether an initialiser can leave the column out.
  var canBeOmitted: Bool { isOptional || initialValue.exists }
}
