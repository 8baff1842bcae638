// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such build of the agent: `id`.
  public static let agentBuildNotFound = Self("AgentBuildNotFound", under: .notFound)
  /// There is a build of the agent for that already: `hypervisor`, `os`, `architecture`.
  public static let agentBuildExists = Self("AgentBuildExists")
}
