// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceContext {
  /// Whether the caller sees a namespace. Who sees one may change it and what is in it.
  func sees(_ namespace: MetadefNamespace) -> Bool {
    isAdmin || namespace.visibility == "public" || namespace.owner == owner
  }

  /// Refuses a namespace that the caller may not see.
  func check(_ namespace: MetadefNamespace) throws(GlanceError) {
    if sees(namespace) { return }
    throw GlanceError(
      .metadefForbidden,
      "Forbidding request, metadata definition namespace=\(namespace.namespace) is not visible.")
  }
}

extension RomeSession {
  /// The namespace that a caller asks for by its name.
  ///
  /// - Throws: `metadefNamespaceNotFound`, `metadefForbidden`.
  func namespace(_ name: String, for context: GlanceContext) async throws -> MetadefNamespace {
    guard let found = try await query(MetadefNamespace.self).filter(MetadefNamespace.namespace == name).first() else {
      throw GlanceError(.metadefNamespaceNotFound, "Metadata definition namespace=\(name) was not found.")
    }
    try context.check(found)
    return found
  }

  /// The namespace that a caller asks for by its number.
  ///
  /// - Throws: `metadefNamespaceNotFound`, `metadefForbidden`.
  func namespace(id: Int, for context: GlanceContext) async throws -> MetadefNamespace {
    guard let found = try await get(MetadefNamespace.self, id) else {
      throw GlanceError(.metadefNamespaceNotFound, "Metadata definition namespace not found for id=\(id)")
    }
    try context.check(found)
    return found
  }
}

extension MetadefNamespace {
  /// The number of the row, which is stored.
  var number: Int { id ?? 0 }
}
