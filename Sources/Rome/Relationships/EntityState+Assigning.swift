// SPDX-License-Identifier: Apache-2.0

extension EntityState {
  /// Makes a relationship lead to another entity. Its columns take the key of that entity at the next flush.
  ///
  /// - Parameters:
  ///   - relationship: The relationship.
  ///   - target: The entity, or nil to lead nowhere.
  public func assign<O: Entity, T: Entity>(_ relationship: ToOne<O, T>, _ target: T?) {
    related[relationship.name] = RelatedEntities(
      entities: target.map { [$0] } ?? [], columns: relationship.columns.compactMap { schema.position(of: $0) },
      isAssigned: true)
    if status == .persistent, let session, let entity { session.didChange(entity) }
  }
}
