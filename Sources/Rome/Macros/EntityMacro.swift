// SPDX-License-Identifier: Apache-2.0

#if Macros
  /// Makes a final class the entity of a table: its stored properties become columns.
  ///
  /// ```swift
  /// @Entity("books", mixins: .timestamps, indexes: .index("shelf", .descending("price")), .unique("shelf", "slot"))
  /// final class Book {
  ///   @PrimaryKey var id: Int?                  // one optional integer is allocated by the store
  ///   @Unique var isbn: String?
  ///   var title: String
  ///   var price: Int = 0
  ///   var shelf: String
  ///   var slot: Int
  ///   @References(Author.self, onDelete: .cascade) var authorID: Int?
  ///   @ToOne(\Book.authorID) var author: Author?
  ///   @Transient var score = 0.0                // not a column
  /// }
  /// ```
  ///
  /// The class gets
  /// - the conformance to ``Entity`` (`schema`, `tableName`, `entityState`, `init(entityState:)`),
  /// - a static member for each column and each relationship, for queries: `Book.title`, `Book.author`,
  /// - an initialiser with a parameter for each column in order, then one for each ``ToOne(_:_:)`` relationship. Optional
  ///   columns and columns with a default can be left out. A class that has an initialiser with the same labels keeps its own.
  ///   Where a relationship is over columns that must have a value, there is a second initialiser that takes the entities
  ///   instead of these columns: `Disk(size: 3, host: host)`; the columns are zero until the flush.
  ///   Like the initialiser of a structure, they are as visible as the least visible column; private columns that can be left
  ///   out are no parameters.
  ///
  /// **Names.** A column is named as its property in snake case: `authorID` is `author_id`, `createdAt` is `created_at`;
  /// ``Column(_:)`` gives another name. Indexes and foreign keys name columns as the store does.
  ///
  /// **Order.** Rows hold the columns of the mixins first, in the order of the mixins, and then the properties in the order
  /// of their declarations. Rows that are stored already can be read when new columns come *last*: add properties at
  /// the end of the class, and don't reorder them. A mixin can't be added to a table in use for that reason; declare its
  /// columns as the last properties instead, with ``CreatedAt()``, ``UpdatedAt()``, ``Deleted()`` and ``DeletedAt()``.
  ///
  /// **Defaults.** The initial value of a property is the default of its column, computed for each new entity, possibly
  /// more than once. When it is a literal or a member such as `.active` (but `.now`), rows that are older than the column read
  /// as it, too; else they read as NULL or as the zero of the type.
  ///
  /// - Parameters:
  ///   - table: The name of the table. It is required.
  ///   - mixins: Columns that many tables have.
  ///   - indexes: Indexes of several columns; for one column there are ``Indexed()`` and ``Unique()``.
  ///   - foreignKeys: Foreign keys of several columns; for one column there is ``References(_:column:onDelete:)``.
  @attached(member, names: arbitrary)
  @attached(memberAttribute)
  @attached(extension, conformances: Entity)
  public macro Entity(
    _ table: String = "", mixins: EntityMixin..., indexes: IndexDescription..., foreignKeys: ForeignKeyDescription...
  ) = #externalMacro(module: "RomeMacros", type: "EntityMacro")

  /// Makes a property read and write a column. `@Entity` adds it; it is not to be written.
  @attached(accessor, names: named(get), named(set))
  public macro _Column(_ position: Int) = #externalMacro(module: "RomeMacros", type: "ColumnAccessorMacro")
#endif
