// SPDX-License-Identifier: Apache-2.0

/// One of several appearances of an entity in a query, with a name of its own.
///
/// ```swift
/// let editor = Alias<Author>("editor")
/// session.query(Book.self).join(editor, on: editor.id == Book.editorID).filter(editor.name == "Campbell")
/// ```
@dynamicMemberLookup
public struct Alias<Aliased: Entity>: Sendable {
  // Columns of the entity are members of the alias, so its own must have names that no column has.
  let _aliasName: String

  /// Makes an alias.
  ///
  /// - Parameter name: Its name, unique in the query; it appears in explanations and errors.
  public init(_ name: String) {
    _aliasName = name
  }

  /// A column of the entity in this appearance.
  public subscript<T>(dynamicMember path: KeyPath<Aliased.Type, Column<Aliased, T>>) -> Column<Aliased, T> {
    Column(Aliased.self[keyPath: path].position, alias: _aliasName)
  }

  var _source: SourceID { SourceID(Aliased.schema, alias: _aliasName) }
}
