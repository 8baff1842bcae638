// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova

extension NovaDatabase {
  /// Adds an instance of a project.
  func newInstance(
    of project: String = "p", metadata: [String: String?] = [:], systemMetadata: [String: String?] = [:],
    _ assign: (inout NovaValues<Instance>) -> Void = { _ in }
  ) async throws -> NovaRow<Instance> {
    var new = NewInstance(assign)
    new.columns.projectID = project
    new.metadata = metadata
    new.systemMetadata = systemMetadata
    return try await instanceCreate(.of(project), values: new)
  }

  /// The rows of a table, deleted ones too.
  func all<Model: NovaModel>(_ type: Model.Type) async throws -> [NovaRow<Model>] {
    try await RomeSession(store).query(type, readDeleted: .yes).all().map { NovaRow($0) }
  }
}

/// The error of a piece of work; nil when it succeeds.
func failure(of work: () async throws(NovaError) -> Void) async -> NovaError? {
  do {
    try await work()
    return nil
  } catch { return error }
}
