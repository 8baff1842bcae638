// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Changes an instance if it is as the caller expects.
  ///
  /// It is one transaction: of several callers who expect the same state and change it, one succeeds.
  ///
  /// - Parameters:
  ///   - context: Who calls. A user sees the instances of the project only.
  ///   - uuid: The UUID.
  ///   - changes: The changes. Metadata in them replaces all metadata of its kind: that of the user is soft-deleted, that of
  ///     Nova deleted for good.
  ///   - expected: The values that columns must have before, besides those that `changes` expects, which count more.
  /// - Returns: The instance with the metadata that was changed.
  /// - Throws: ``NovaError/Code/forbidden``, ``NovaError/Code/invalidUUID``, ``NovaError/Code/instanceNotFound``,
  ///   ``NovaError/Code/instanceExists`` for a host name that is in use,
  ///   ``NovaError/Code/unexpectedDeletingTaskStateError``, ``NovaError/Code/unexpectedTaskStateError``,
  ///   ``NovaError/Code/instanceUpdateConflict``, and ``NovaError/Code/unknownInstanceUpdateConflict`` when others kept
  ///   changing an instance of which something is expected.
  @discardableResult
  public func instanceUpdate(
    _ context: NovaContext, uuid: String, changes: InstanceChanges,
    expected: NovaExpectedValues<Instance> = NovaExpectedValues()
  ) async throws(NovaError) -> NovaRow<Instance> {
    try context.require()
    let expected = expected.overridden(by: changes.expected)
    return try await transaction(context, translating: Self.unknownConflict(uuid, expected)) { call in
      try call.requireUUID(uuid)
      try await call.checkServerName(of: changes.columns)
      let instance = try await call.instance(uuid)
      try await call.update(instance, changes, expected)
      var row = NovaRow(instance)
      try await call.replaceItems(of: &row, with: changes)
      return row
    }
  }

  /// Changes an instance if it is as the caller expects, and answers what it was before, too.
  ///
  /// - Parameters:
  ///   - context: Who calls. A user sees the instances of the project only.
  ///   - uuid: The UUID.
  ///   - changes: The changes, as those of ``instanceUpdate(_:uuid:changes:expected:)``.
  ///   - joins: What both are loaded with besides info cache and security groups; nil for both kinds of metadata.
  ///   - expected: The values that columns must have before, besides those that `changes` expects, which count more.
  /// - Throws: What ``instanceUpdate(_:uuid:changes:expected:)`` throws.
  public func instanceUpdateAndGetOriginal(
    _ context: NovaContext, uuid: String, changes: InstanceChanges, joins: InstanceJoins? = nil,
    expected: NovaExpectedValues<Instance> = NovaExpectedValues()
  ) async throws(NovaError) -> InstanceRevision {
    try context.require()
    let expected = expected.overridden(by: changes.expected)
    return try await transaction(context, translating: Self.unknownConflict(uuid, expected)) { call in
      let instance = try await call.instance(uuid)
      var original = NovaRow(instance)
      try await call.load(joins, into: &original)
      try call.requireUUID(uuid)
      try await call.checkServerName(of: changes.columns)
      try await call.update(instance, changes, expected)
      var updated = original
      updated.columns = instance.snapshot()
      try await call.replaceItems(of: &updated, with: changes)
      return InstanceRevision(original: original, updated: updated)
    }
  }

  /// What it means that others kept changing the rows of an update: nothing in particular where nothing is expected.
  private static func unknownConflict(
    _ uuid: String, _ expected: NovaExpectedValues<Instance>
  ) -> (RomeError) -> NovaError? {
    { error in
      guard error.code == .conflict, !expected.values.isEmpty else { return nil }
      return NovaError(
        .unknownInstanceUpdateConflict, ["instance_uuid": .string(uuid), "expected": [:], "actual": [:]])
    }
  }
}

extension NovaCall {
  /// Changes the columns of an instance if it is as expected.
  fileprivate func update(
    _ instance: Instance, _ changes: InstanceChanges, _ expected: NovaExpectedValues<Instance>
  ) async throws {
    let actual = try expected.mismatches(in: instance)
    if !actual.isEmpty { throw Self.conflict(instance.uuid, expected, actual) }
    var values = changes.columns
    // Nova updates by a query, which sets the time even when nothing changes.
    if !values.assigns(Instance.updatedAt) { values.updatedAt = now }
    try await update(instance, values)
  }

  /// What to answer when an instance is not as expected.
  private static func conflict(
    _ uuid: String, _ expected: NovaExpectedValues<Instance>, _ actual: [String: Value]
  ) -> NovaError {
    let code: NovaError.Code =
      switch actual[Instance.taskState.name] {
      case nil: .instanceUpdateConflict
      case .string("deleting"): .unexpectedDeletingTaskStateError
      default: .unexpectedTaskStateError
      }
    let missed = expected.values.filter { actual[$0.key] != nil }
    return NovaError(
      code,
      [
        "instance_uuid": .string(uuid),
        "expected": .object(missed.mapValues { values in .list(values.map { NovaField($0) }) }),
        "actual": .object(actual.mapValues { NovaField($0) }),
      ])
  }

  /// Replaces the metadata of an instance by that of the changes, in the store and in the row.
  fileprivate func replaceItems(of row: inout NovaRow<Instance>, with changes: InstanceChanges) async throws {
    if let metadata = changes.metadata {
      row[Instance.metadata] = try await replaceItems(InstanceMetadata.self, of: row.uuid, with: metadata)
    }
    if let metadata = changes.systemMetadata {
      row[Instance.systemMetadata] = try await replaceItems(InstanceSystemMetadata.self, of: row.uuid, with: metadata)
    }
  }
}
