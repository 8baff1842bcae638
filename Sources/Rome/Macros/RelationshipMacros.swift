// SPDX-License-Identifier: Apache-2.0

#if Macros
  /// The column is a foreign key: its values are those of rows of another entity, or of the same one.
  ///
  /// - Parameters:
  ///   - target: The entity that it refers to, such as `Author.self`.
  ///   - column: The name of a unique column of the target; without it, its primary key.
  ///   - onDelete: What happens to this row when the row that it refers to is deleted.
  @attached(peer)
  public macro References(_ target: Any.Type, column: String = "", onDelete: DeleteAction = .restrict) =
    #externalMacro(module: "RomeMacros", type: "MarkerMacro")

  /// The property is the entity that this one refers to: `@ToOne(\Book.authorID) var author: Author?`.
  ///
  /// In modules that don't enable `NonisolatedNonsendingByDefault`, actors use `book.load(Book.author)` instead of
  /// `book.author`, which leaves their isolation.
  ///
  /// It is read with `try await book.author`, and set with `book.set(Book.author, to: asimov)` or in the initialiser.
  ///
  /// - Parameters:
  ///   - column: The column of this class that holds the key.
  ///   - more: The other columns, when the key has several.
  @attached(accessor, names: named(get))
  public macro ToOne<Owner, T>(_ column: KeyPath<Owner, T>, _ more: PartialKeyPath<Owner>...) =
    #externalMacro(module: "RomeMacros", type: "RelationshipMacro")

  /// The property is all the entities that refer to this one: `@ToMany(\Book.authorID) var books: [Book]`.
  ///
  /// It is read with `try await author.books`, and changed with `author.add(book, to: Author.books)`.
  ///
  /// - Parameters:
  ///   - column: The column of the other class that holds the key.
  ///   - more: The other columns, when the key has several.
  @attached(accessor, names: named(get))
  public macro ToMany<Target, T>(_ column: KeyPath<Target, T>, _ more: PartialKeyPath<Target>...) =
    #externalMacro(module: "RomeMacros", type: "RelationshipMacro")

  /// The property is all the entities that rows of a third table connect with this one:
  /// `@ManyToMany(\BookTag.bookID, \BookTag.tagID) var tags: [Tag]`.
  ///
  /// It is read with `try await book.tags`, and changed with `book.add(tag, to: Book.tags)`.
  ///
  /// - Parameters:
  ///   - owner: The column of the connecting class that refers to this class.
  ///   - target: The column of the connecting class that refers to the other one.
  @attached(accessor, names: named(get))
  public macro ManyToMany<Link, T, U>(_ owner: KeyPath<Link, T>, _ target: KeyPath<Link, U>) =
    #externalMacro(module: "RomeMacros", type: "RelationshipMacro")
#endif
