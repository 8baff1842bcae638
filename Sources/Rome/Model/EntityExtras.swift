// SPDX-License-Identifier: Apache-2.0

/// The part of an entity's state that an entity which is only read has not: most are, and a row set is made of many of them.
///
/// Like the state itself it is accessed by one task at a time and in the file of the state only, so accesses are not checked for
/// overlaps at run time.
final class EntityExtras {
  /// The row that the values were loaded from, or the last one since; nil for an entity that has none yet.
  @exclusivity(unchecked) var found: FoundRow?
  /// The version of the row that the values were loaded with; nil for one that was never committed.
  @exclusivity(unchecked) var version: Revision?
  /// Values that are newer than the row; nil when none was ever set.
  @exclusivity(unchecked) var newer: [Value]?
  /// The columns that differ from the row: all that were set since it was loaded or flushed.
  @exclusivity(unchecked) var changed = PositionSet.empty
  /// The entities that relationships lead to, by the name of the relationship.
  @exclusivity(unchecked) var related: [String: RelatedEntities] = [:]
  /// How deep the entity is among those that hold each other by their relationships.
  @exclusivity(unchecked) var depth = 0
  /// Whether a relationship of another entity holds it, or did.
  @exclusivity(unchecked) var isHeldByEntity = false
  /// The entity itself, when it was added to a session; those that were loaded are found in the identity map.
  @exclusivity(unchecked) var added: WeakEntity?

  /// What belongs to an entity that was made of a row, or of none.
  init(found: FoundRow?, version: Revision?) {
    self.found = found
    self.version = version
  }
}
