// SPDX-License-Identifier: Apache-2.0

import Rome

extension RomeSession {
  /// The rows of a namespace.
  func children<Child: MetadefChild>(
    _ type: Child.Type, of namespace: MetadefNamespace
  ) -> RomeQuery<Child> {
    query(type).filter(Child.namespaceID == namespace.number)
  }

  /// The row of a namespace that a caller asks for by its name.
  func child<Child: MetadefChild>(
    _ type: Child.Type, named name: String, of namespace: MetadefNamespace
  ) async throws -> Child {
    guard let found = try await children(type, of: namespace).filter(Child.name == name).first() else {
      throw Child.notFound(name: name, namespace: namespace.namespace)
    }
    return found
  }

  /// The row of a namespace that a caller asks for by its number.
  ///
  /// Stock Glance does not look whether the row is in the namespace whose rights it has checked, so that everybody can
  /// change everything by its number. Here such a row is not found.
  func child<Child: MetadefChild>(
    _ type: Child.Type, id: Int, of namespace: MetadefNamespace
  ) async throws -> Child {
    guard let found = try await get(type, id), found.namespaceID == namespace.number else {
      throw Child.notFound(id: id)
    }
    return found
  }
}
