// SPDX-License-Identifier: Apache-2.0

/// What an entity knows of one of its relationships.
struct RelatedEntities {
  /// The entities, when they are loaded or were assigned; at most one for a to-one relationship.
  var entities: [any Entity]
  /// The columns that hold the key of a to-one relationship: when they change, this is out of date.
  var columns: [Int]
  /// Whether the columns take the key of the entity at the next flush, because it was assigned.
  var isAssigned: Bool
  /// What ``RomeSession/stamp(of:)`` said of the tables when the entities were loaded; nil when that does not matter.
  var stamp: [Int]?
}

extension [String: RelatedEntities] {
  /// Forgets the loaded entities whose key was in the changed column.
  mutating func removeStale(after position: Int, in schema: EntitySchema) {
    if isEmpty { return }
    self = filter { !$0.value.columns.contains(position) }
  }
}
