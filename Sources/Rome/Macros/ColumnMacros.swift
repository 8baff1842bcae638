// SPDX-License-Identifier: Apache-2.0

#if Macros
  /// The column is the primary key, or one of its columns when several properties have it.
  ///
  /// The store allocates the key of a new row when it is one optional integer; any other key can't be optional.
  @attached(peer)
  public macro PrimaryKey() = #externalMacro(module: "RomeMacros", type: "MarkerMacro")

  /// The column has an index.
  @attached(peer)
  public macro Indexed() = #externalMacro(module: "RomeMacros", type: "MarkerMacro")

  /// The column has a unique index: two rows can't have the same value, but several can have NULL.
  @attached(peer)
  public macro Unique() = #externalMacro(module: "RomeMacros", type: "MarkerMacro")

  /// The name of the column in the store. Without it, it is that of the property in snake case.
  ///
  /// - Parameter name: The name, a string literal.
  @attached(peer)
  public macro Column(_ name: String) = #externalMacro(module: "RomeMacros", type: "MarkerMacro")

  /// The property is no column. It needs an initial value.
  @attached(peer)
  public macro Transient() = #externalMacro(module: "RomeMacros", type: "MarkerMacro")

  /// The column, of type `Date?` or `Date`, is the point in time at which the row was inserted.
  @attached(peer)
  public macro CreatedAt() = #externalMacro(module: "RomeMacros", type: "MarkerMacro")

  /// The column, of type `Date?` or `Date`, is the point in time at which the row was last changed.
  @attached(peer)
  public macro UpdatedAt() = #externalMacro(module: "RomeMacros", type: "MarkerMacro")

  /// The column says whether the row is soft-deleted: a `Bool`, or an integer that is 0 or the row's primary key.
  @attached(peer)
  public macro Deleted() = #externalMacro(module: "RomeMacros", type: "MarkerMacro")

  /// The column, of type `Date?`, is the point in time at which the row was soft-deleted.
  @attached(peer)
  public macro DeletedAt() = #externalMacro(module: "RomeMacros", type: "MarkerMacro")
#endif
