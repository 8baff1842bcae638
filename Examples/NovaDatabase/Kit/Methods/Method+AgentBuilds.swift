// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Builds of the agent.
  static let agentBuilds: [Method] = [
    Method("agent_build_create", NovaDatabase.agentBuildCreate, "values"),
    Method(
      "agent_build_get_by_triple", NovaDatabase.agentBuildGetByTriple, "hypervisor", "os", "architecture"),
    Method("agent_build_get_all", NovaDatabase.agentBuildGetAll, .optional("hypervisor", or: nil)),
    Method("agent_build_destroy", NovaDatabase.agentBuildDestroy, .named("agent_build_id", "agent_update_id")),
    Method("agent_build_update", NovaDatabase.agentBuildUpdate, "agent_build_id", "values"),
  ]
}
