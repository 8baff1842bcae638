// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds a build of the agent.
  ///
  /// - Throws: ``NovaError/Code/agentBuildExists`` when there is a live one for the hypervisor, the operating system and the
  ///   architecture.
  public func agentBuildCreate(
    _ context: NovaContext, values: NovaValues<AgentBuild>
  ) async throws(NovaError) -> NovaRow<AgentBuild> {
    try await transaction(context) { error in
      guard error.isDuplicate(in: AgentBuild.self) else { return nil }
      return NovaError(
        .agentBuildExists,
        [
          "hypervisor": NovaField(values.hypervisor), "os": NovaField(values.os),
          "architecture": NovaField(values.architecture),
        ])
    } _: { call in
      NovaRow(try await call.insert(values))
    }
  }

  /// The live build of the agent for a hypervisor, an operating system and an architecture, if there is one.
  public func agentBuildGetByTriple(
    _ context: NovaContext, hypervisor: String, os: String, architecture: String
  ) async throws(NovaError) -> NovaRow<AgentBuild>? {
    try await reading(context) { call in
      try await call.query(AgentBuild.self, readDeleted: .no)
        .filter(
          AgentBuild.hypervisor == hypervisor, AgentBuild.os == os, AgentBuild.architecture == architecture
        ).first().map { NovaRow($0) }
    }
  }

  /// The live builds of the agent, all or those for a hypervisor.
  public func agentBuildGetAll(
    _ context: NovaContext, hypervisor: String? = nil
  ) async throws(NovaError) -> [NovaRow<AgentBuild>] {
    try await reading(context) { call in
      let builds = call.query(AgentBuild.self, readDeleted: .no)
      guard let hypervisor, !hypervisor.isEmpty else { return try await builds.rows() }
      return try await builds.filter(AgentBuild.hypervisor == hypervisor).rows()
    }
  }

  /// Soft-deletes a build of the agent.
  ///
  /// - Throws: ``NovaError/Code/agentBuildNotFound``.
  public func agentBuildDestroy(_ context: NovaContext, id: Int) async throws(NovaError) {
    try await transaction(context) { call in
      if try await call.query(AgentBuild.self).filter(AgentBuild.id == id).softDelete() == 0 {
        throw NovaError(.agentBuildNotFound, ["id": NovaField(id)])
      }
    }
  }

  /// Changes a build of the agent.
  ///
  /// - Throws: ``NovaError/Code/agentBuildNotFound``.
  public func agentBuildUpdate(
    _ context: NovaContext, id: Int, values: NovaValues<AgentBuild>
  ) async throws(NovaError) {
    try await transaction(context) { call in
      guard let build = try await call.query(AgentBuild.self).filter(AgentBuild.id == id).first() else {
        throw NovaError(.agentBuildNotFound, ["id": NovaField(id)])
      }
      build.updatedAt = call.now
      try await call.update(build, values)
    }
  }
}
