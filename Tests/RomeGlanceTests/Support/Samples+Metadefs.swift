// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension GlanceDatabase {
  /// Makes a namespace.
  @discardableResult
  func makeNamespace(
    _ name: String, owner: String = "t1", _ values: [String: GlanceValue] = [:]
  ) async throws -> MetadefNamespaceRecord {
    let defaults: [String: GlanceValue] = ["namespace": .string(name), "owner": .string(owner)]
    return try await metadefNamespaceCreate(.admin, values: defaults.merging(values) { $1 })
  }

  /// Associates a namespace with a resource type.
  @discardableResult
  func associate(_ namespace: String, with resourceType: String) async throws -> MetadefAssociationRecord {
    try await metadefResourceTypeAssociationCreate(
      .admin, namespaceName: namespace,
      values: ["name": .string(resourceType), "properties_target": nil, "prefix": nil])
  }
}
