// SPDX-License-Identifier: Apache-2.0

import Rome

/// The functions that objects, properties and tags of namespaces have in common. Each begins with the namespace: whether it
/// exists, and whether the caller sees it.
extension GlanceDatabase {
  /// Makes a row.
  func createChild<Child: MetadefChild>(
    _ type: Child.Type, _ context: GlanceContext, namespaceName: String, values: [String: GlanceValue]
  ) async throws(GlanceError) -> Child.Record {
    try FourByteCharacters.refuse(in: namespaceName)
    try FourByteCharacters.refuse(in: values)
    let name = values["name"]?.stringValue ?? ""
    return try await transaction(translating: { Child.meaning($0, name: name, namespace: namespaceName) }) { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      let child = try type.make(values, in: namespace, at: clock.now())
      session.add(child)
      try await session.flush()
      return child.record
    }
  }

  /// The row of a name.
  func getChild<Child: MetadefChild>(
    _ type: Child.Type, _ context: GlanceContext, namespaceName: String, name: String
  ) async throws(GlanceError) -> Child.Record {
    try await reading { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      return try await session.child(type, named: name, of: namespace).record
    }
  }

  /// All rows by their names.
  func getAllChildren<Child: MetadefChild>(
    _ type: Child.Type, _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> [Child.Record] {
    try await reading { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      return try await session.children(type, of: namespace).order(by: Child.name).all().map(\.record)
    }
  }

  /// Changes the row of a number.
  func updateChild<Child: MetadefChild>(
    _ type: Child.Type, _ context: GlanceContext, namespaceName: String, id: Int, values: [String: GlanceValue]
  ) async throws(GlanceError) -> Child.Record {
    try FourByteCharacters.refuse(in: namespaceName)
    try FourByteCharacters.refuse(in: values)
    let name = values["name"]?.stringValue ?? ""
    return try await transaction(translating: { Child.meaning($0, name: name, namespace: namespaceName) }) { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      let child = try await session.child(type, id: id, of: namespace)
      let before = child.toDictionary()
      if let value = values["name"] { child.name = try value.requiredText("name") }
      try child.setColumns(values, isNew: false)
      if child.toDictionary() != before { child.updatedAt = clock.now() }
      return child.record
    }
  }

  /// Removes the row of a name.
  ///
  /// - Returns: The row as it was.
  func deleteChild<Child: MetadefChild>(
    _ type: Child.Type, _ context: GlanceContext, namespaceName: String, name: String
  ) async throws(GlanceError) -> Child.Record {
    try await transaction { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      let child = try await session.child(type, named: name, of: namespace)
      let record = child.record
      session.delete(child)
      return record
    }
  }

  /// Removes all rows.
  ///
  /// - Returns: How many there were.
  func deleteChildren<Child: MetadefChild>(
    _ type: Child.Type, _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> Int {
    try await transaction { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      return try await session.children(type, of: namespace).delete()
    }
  }

  /// How many rows there are.
  func countChildren<Child: MetadefChild>(
    _ type: Child.Type, _ context: GlanceContext, namespaceName: String
  ) async throws(GlanceError) -> Int {
    try await reading { session in
      let namespace = try await session.namespace(namespaceName, for: context)
      return try await session.children(type, of: namespace).count()
    }
  }
}

extension MetadefChild {
  /// A new row with values.
  ///
  /// - Throws: `rpc` for values of a wrong type, and null where a value is required.
  static func make(
    _ values: [String: GlanceValue], in namespace: MetadefNamespace, at time: GlanceTime
  ) throws(GlanceError) -> Self {
    let child = make(
      namespaceID: namespace.number, name: try (values["name"] ?? .null).requiredText("name"), at: time)
    if let id = try values["id"]?.rowNumber() { child.id = id }
    try child.setColumns(values, isNew: true)
    return child
  }
}
