// SPDX-License-Identifier: Apache-2.0

/// What ``ToOne``, ``ToMany`` and ``ManyToMany`` have in common: a path from the rows of one table to those of another.
public protocol Relationship: Sendable {
  /// The entity that it starts from.
  associatedtype Owner: Entity
  /// The entity that it leads to.
  associatedtype Target: Entity

  /// The name of the property.
  var name: String { get }
  /// The columns that it goes along.
  var path: RelationshipPath { get }
}

/// The columns that a relationship goes along.
public struct RelationshipPath: Sendable {
  /// What the columns are.
  enum Kind: Sendable {
    /// Columns of the owner hold the key of the target.
    case toOne([String])
    /// Columns of the target hold the key of the owner.
    case toMany([String])
    /// Rows of a third table hold both keys.
    case through(EntitySchema, owner: [String], target: [String])
  }

  let name: String
  let kind: Kind
}

extension ToOne: Relationship {
  /// The columns that it goes along.
  public var path: RelationshipPath { RelationshipPath(name: name, kind: .toOne(columns)) }
}

extension ToMany: Relationship {
  /// The columns that it goes along.
  public var path: RelationshipPath { RelationshipPath(name: name, kind: .toMany(columns)) }
}

extension ManyToMany: Relationship {
  /// The columns that it goes along.
  public var path: RelationshipPath {
    RelationshipPath(name: name, kind: .through(through.schema, owner: ownerColumns, target: targetColumns))
  }
}
