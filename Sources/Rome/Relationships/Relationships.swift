// SPDX-License-Identifier: Apache-2.0

/// A relationship from the row that holds a foreign key to the row that it refers to, such as `Book.author`.
public struct ToOne<Owner: Entity, Target: Entity>: Sendable {
  /// The name of the property.
  public let name: String
  /// The names of the columns of `Owner` that hold the key.
  public let columns: [String]

  /// Describes the relationship by the column of the owner that holds the key. Its foreign key says which columns of the
  /// target it refers to; without one it is the primary key.
  public init<T>(_ name: String, _ column: Column<Owner, T>) {
    self.init(name, columns: [column.name])
  }

  /// Describes the relationship by the names of the columns of the owner that hold the key.
  public init(_ name: String, columns: [String]) {
    self.name = name
    self.columns = columns
  }
}

/// A relationship from a row to all the rows that refer to it, such as `Author.books`.
public struct ToMany<Owner: Entity, Target: Entity>: Sendable {
  /// The name of the property.
  public let name: String
  /// The names of the columns of `Target` that hold the key.
  public let columns: [String]

  /// Describes the relationship by the column of the target that holds the key of the owner.
  public init<T>(_ name: String, _ column: Column<Target, T>) {
    self.init(name, columns: [column.name])
  }

  /// Describes the relationship by the names of the columns of the target that hold the key of the owner.
  public init(_ name: String, columns: [String]) {
    self.name = name
    self.columns = columns
  }
}

/// A relationship between rows of two tables through the rows of a third one, such as `Book.tags` through `BookTag`.
public struct ManyToMany<Owner: Entity, Target: Entity>: Sendable {
  /// The name of the property.
  public let name: String
  /// The entity whose rows connect the two.
  public let through: any Entity.Type
  /// The names of the columns of the connecting rows that refer to the owner.
  public let ownerColumns: [String]
  /// The names of the columns of the connecting rows that refer to the target.
  public let targetColumns: [String]

  /// Describes the relationship by the two columns of the connecting entity.
  public init<Link: Entity, T, U>(_ name: String, _ owner: Column<Link, T>, _ target: Column<Link, U>) {
    self.name = name
    through = Link.self
    ownerColumns = [owner.name]
    targetColumns = [target.name]
  }
}
