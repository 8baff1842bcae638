// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A table of Nova's database: an entity with the name of its class in Nova.
public protocol NovaModel: Entity {
  /// The name of the class in `nova/db/sqlalchemy/models.py`.
  static var modelName: String { get }

  /// What a row shows beside its columns, computed of its columns and of what was loaded with it: Nova's extra keys, which
  /// are among the items of the row.
  static func extraFields(of row: NovaRow<Self>, _ options: NovaOptions) -> [String: NovaField]

  /// What a row can be asked for that is not among its items: Nova's properties.
  static func properties(of row: NovaRow<Self>, _ options: NovaOptions) -> [String: NovaField]
}

extension NovaModel {
  /// The name of the Swift class.
  public static var modelName: String { String(describing: Self.self) }
  /// None.
  public static func extraFields(of row: NovaRow<Self>, _ options: NovaOptions) -> [String: NovaField] { [:] }
  /// None.
  public static func properties(of row: NovaRow<Self>, _ options: NovaOptions) -> [String: NovaField] { [:] }
}

/// A table whose rows belong to projects.
public protocol NovaProjectOwned: NovaModel {
  /// The project that a row belongs to.
  static var projectID: Column<Self, String?> { get }
}
