// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Makes a namespace. Rights are not checked, and the owner is the one in the values, not that of the caller.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - values: The columns, of which `namespace` and `owner` are required. Times and unknown names are ignored.
  /// - Returns: The namespace.
  /// - Throws: `metadefDuplicateNamespace` when the name is in use; `keyError` without a name; `invalid` for characters that
  ///   Glance refuses; `rpc` without an owner, and for values of a wrong type.
  public func metadefNamespaceCreate(
    _ context: GlanceContext, values: [String: GlanceValue]
  ) async throws(GlanceError) -> MetadefNamespaceRecord {
    try FourByteCharacters.refuse(in: values)
    let attributes = try MetadefNamespaceAttributes(values)
    guard let name = attributes.name else { throw GlanceError(.keyError, "'namespace'") }
    guard let owner = attributes.owner else { throw GlanceError(.rpc, "'owner' is required") }
    let id = try values["id"]?.rowNumber()
    let duplicate = GlanceError(
      .metadefDuplicateNamespace, "The metadata definition namespace=\(name) already exists.")
    return try await transaction(translating: { $0.isTaken(in: MetadefNamespace.self) ? duplicate : nil }) { session in
      let now = clock.now()
      let namespace = MetadefNamespace(namespace: name, owner: owner, createdAt: now, updatedAt: now)
      if let id { namespace.id = id }
      attributes.apply(to: namespace)
      session.add(namespace)
      try await session.flush()
      return MetadefNamespaceRecord(namespace)
    }
  }
}
