// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Replaces all tags of a namespace by those of a list. Others see the old tags or the new ones, never some of both.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - namespaceName: The namespace.
  ///   - tagList: The tags, each of them an object with its `name`. When there are none, nothing happens.
  /// - Returns: The new tags in the order of the list.
  /// - Throws: `metadefNamespaceNotFound`; `metadefForbidden`; `metadefDuplicateTag` when two names are equal;
  ///   `attributeError` for an element that is no object; `rpc` for values of a wrong type. The old tags stay then.
  public func metadefTagCreateTags(
    _ context: GlanceContext, namespaceName: String, tagList: [GlanceValue]
  ) async throws(GlanceError) -> [MetadefTagRecord] {
    if tagList.isEmpty { return [] }
    var tags: [[String: GlanceValue]] = []
    for element in tagList {
      guard let tag = element.objectValue else { throw GlanceError(.attributeError, "a tag must be an object") }
      tags.append(tag)
    }
    return try await transaction { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      try await session.children(MetadefTag.self, of: namespace).delete()
      var names: Set<[UInt8]> = []
      let added = try tags.map { values in
        let tag = try MetadefTag.make(values, in: namespace, at: clock.now())
        // By bytes, as the store compares them: Swift takes two spellings of one accented letter for equal.
        guard names.insert(Array(tag.name.utf8)).inserted else {
          throw MetadefTag.duplicate(name: tag.name, namespace: namespaceName)
        }
        return tag
      }
      session.addAll(added)
      try await session.flush()
      return added.map(\.record)
    }
  }
}
