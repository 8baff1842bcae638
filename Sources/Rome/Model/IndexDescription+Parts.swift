// SPDX-License-Identifier: Apache-2.0

extension IndexDescription.Part: ExpressibleByStringLiteral {
  /// A column in ascending order.
  public init(stringLiteral column: String) {
    self.init(column)
  }

  /// A column whose greater values come first.
  public static func descending(_ column: String) -> IndexDescription.Part {
    IndexDescription.Part(column, descending: true)
  }
}

extension IndexDescription {
  /// Describes an index of columns in either order: `.index("host", .descending("created_at"))`.
  public static func index(_ parts: Part..., name: String? = nil) -> IndexDescription {
    IndexDescription(parts, name: name)
  }

  /// Describes a unique index of columns in either order.
  public static func unique(_ parts: Part..., name: String? = nil) -> IndexDescription {
    IndexDescription(parts, unique: true, name: name)
  }
}
