// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds a tag to an instance; one that it has already stays.
  ///
  /// - Throws: ``NovaError/Code/instanceNotFound`` when the caller sees no such live instance.
  @discardableResult
  public func instanceTagAdd(
    _ context: NovaContext, instanceUUID: String, tag: String
  ) async throws(NovaError) -> NovaRow<Tag> {
    try await transaction(context) { call in
      try await call.requireInstance(instanceUUID)
      if let row = try await call.session.get(Tag.self, instanceUUID, tag) { return NovaRow(row) }
      return NovaRow(try call.makeTag(tag, of: instanceUUID))
    }
  }

  /// Makes these the tags of an instance.
  ///
  /// - Returns: The tags, in their order.
  /// - Throws: ``NovaError/Code/instanceNotFound`` when the caller sees no such live instance.
  @discardableResult
  public func instanceTagSet(
    _ context: NovaContext, instanceUUID: String, tags: [String]
  ) async throws(NovaError) -> [NovaRow<Tag>] {
    try await transaction(context) { call in
      try await call.requireInstance(instanceUUID)
      var missing = Set(tags)
      for row in try await call.tags(of: instanceUUID).all() where missing.remove(row.tag) == nil {
        call.session.delete(row)
      }
      for tag in missing.sorted() { try call.makeTag(tag, of: instanceUUID) }
      return try await call.tags(of: instanceUUID).rows()
    }
  }

  /// The tags of an instance, in their order.
  ///
  /// - Throws: ``NovaError/Code/instanceNotFound`` when the caller sees no such live instance.
  public func instanceTagGetByInstanceUUID(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> [NovaRow<Tag>] {
    try await reading(context) { call in
      try await call.requireInstance(instanceUUID)
      return try await call.tags(of: instanceUUID).rows()
    }
  }

  /// Removes a tag of an instance.
  ///
  /// - Throws: ``NovaError/Code/instanceNotFound`` when the caller sees no such live instance, and
  ///   ``NovaError/Code/instanceTagNotFound``.
  public func instanceTagDelete(_ context: NovaContext, instanceUUID: String, tag: String) async throws(NovaError) {
    try await transaction(context) { call in
      try await call.requireInstance(instanceUUID)
      guard try await call.tags(of: instanceUUID).filter(Tag.tag == tag).delete() > 0 else {
        throw NovaError(.instanceTagNotFound, ["instance_id": .string(instanceUUID), "tag": .string(tag)])
      }
    }
  }

  /// Removes all tags of an instance.
  ///
  /// - Throws: ``NovaError/Code/instanceNotFound`` when the caller sees no such live instance.
  public func instanceTagDeleteAll(_ context: NovaContext, instanceUUID: String) async throws(NovaError) {
    try await transaction(context) { call in
      try await call.requireInstance(instanceUUID)
      try await call.tags(of: instanceUUID).delete()
    }
  }

  /// Whether an instance has a tag.
  ///
  /// - Throws: ``NovaError/Code/instanceNotFound`` when the caller sees no such live instance.
  public func instanceTagExists(
    _ context: NovaContext, instanceUUID: String, tag: String
  ) async throws(NovaError) -> Bool {
    try await reading(context) { call in
      try await call.requireInstance(instanceUUID)
      return try await call.tags(of: instanceUUID).filter(Tag.tag == tag).exists()
    }
  }
}

extension NovaCall {
  fileprivate func tags(of uuid: String) -> RomeQuery<Tag> {
    session.query(Tag.self).filter(Tag.resourceID == uuid)
  }

  @discardableResult
  fileprivate func makeTag(_ tag: String, of uuid: String) throws -> Tag {
    try make(
      NovaValues<Tag> {
        $0.resourceID = uuid
        $0.tag = tag
      })
  }
}
