// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// A compute node by its number, as an object: Mitaka shows with it what its inventories have.
  ///
  /// - Throws: ``NovaError/Code/computeHostNotFound``.
  public func computeNodeGet(_ context: NovaContext, id: Int) async throws(NovaError) -> NovaRow<ComputeNode> {
    try await reading(context) { call in
      guard let node = try await call.load(call.computeNodes().filter(ComputeNode.id == id)).first else {
        throw NovaError(.computeHostNotFound, ["host": NovaField(id)])
      }
      return node
    }
  }

  /// A compute node by its number, without its inventories.
  ///
  /// - Throws: ``NovaError/Code/computeHostNotFound``.
  public func computeNodeGetModel(_ context: NovaContext, id: Int) async throws(NovaError) -> NovaRow<ComputeNode> {
    try await reading(context) { call in NovaRow(try await call.computeNode(id)) }
  }

  /// Adds a compute node. Of two callers who add the same one, one gets it and the other an error.
  ///
  /// In Train a node whose UUID is known already, because it was soft-deleted by mistake, comes back with the new values.
  ///
  /// - Throws: ``NovaError/Code/dbDuplicateEntry`` when the host has a live node of that name.
  public func computeNodeCreate(
    _ context: NovaContext, values: NovaValues<ComputeNode>
  ) async throws(NovaError) -> NovaRow<ComputeNode> {
    try await transaction(context) { error in
      error.duplicateEntry(in: ComputeNode.self)
    } _: { call in
      guard let known = try await call.knownNode(values) else { return NovaRow(try await call.insert(values)) }
      known.deleted = 0
      known.deletedAt = nil
      try await call.report(values, of: known)
      return NovaRow(known)
    }
  }

  /// Changes a compute node, and the time at which it was changed even when nothing else does: schedulers see by that time
  /// whether what they remember of a node is still true.
  ///
  /// - Throws: ``NovaError/Code/computeHostNotFound``.
  public func computeNodeUpdate(
    _ context: NovaContext, id: Int, values: NovaValues<ComputeNode>
  ) async throws(NovaError) -> NovaRow<ComputeNode> {
    try await transaction(context) { call in
      let node = try await call.computeNode(id)
      try await call.report(values, of: node)
      return NovaRow(node)
    }
  }

  /// Soft-deletes a compute node.
  ///
  /// - Throws: ``NovaError/Code/computeHostNotFound``.
  public func computeNodeDelete(_ context: NovaContext, id: Int) async throws(NovaError) {
    try await transaction(context) { call in
      guard try await call.query(ComputeNode.self).filter(ComputeNode.id == id).softDelete() > 0 else {
        throw NovaError(.computeHostNotFound, ["host": NovaField(id)])
      }
    }
  }
}

extension NovaCall {
  /// The compute nodes that the caller sees. There are only two ways to see them: who does not leave deleted ones out sees
  /// all, even when he wants to see deleted ones only.
  func computeNodes() -> RomeQuery<ComputeNode> {
    query(ComputeNode.self, readDeleted: context.readDeleted == .no ? .no : .yes)
  }

  /// The compute nodes of a query by number, in Mitaka with their inventories.
  func load(_ nodes: RomeQuery<ComputeNode>) async throws -> [NovaRow<ComputeNode>] {
    var rows = try await nodes.rows()
    if options.release == .mitaka { try await loadInventories(into: &rows) }
    return rows
  }

  /// A compute node by its number.
  fileprivate func computeNode(_ id: Int) async throws -> ComputeNode {
    guard let node = try await query(ComputeNode.self).filter(ComputeNode.id == id).first() else {
      throw NovaError(.computeHostNotFound, ["host": NovaField(id)])
    }
    return node
  }

  /// The node that has the UUID of a new one, where the release takes that for the same node.
  fileprivate func knownNode(_ values: NovaValues<ComputeNode>) async throws -> ComputeNode? {
    guard options.release >= .train, let uuid = values.uuid else { return nil }
    return try await query(ComputeNode.self, readDeleted: .yes).filter(ComputeNode.uuid == uuid).first()
  }

  /// Sets columns of a node, and the time whatever the columns were.
  fileprivate func report(_ values: NovaValues<ComputeNode>, of node: ComputeNode) async throws {
    var values = values
    values.updatedAt = now
    try await update(node, values)
  }
}
