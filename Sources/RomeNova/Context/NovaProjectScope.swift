// SPDX-License-Identifier: Apache-2.0

import Rome

/// Whose rows a function shows to a user: Nova's `project_only`. Administrators see the rows of all projects.
public enum NovaProjectScope: Hashable, Sendable {
  /// Those of all projects.
  case all
  /// Those of the user's project.
  case own
  /// Those of the user's project, and those that belong to none: `allow_none`.
  case ownOrNone
}

extension NovaCall {
  /// The rows of a table that the caller sees in a scope.
  func query<Model: NovaProjectOwned>(
    _ type: Model.Type, in scope: NovaProjectScope, readDeleted: ReadDeleted? = nil
  ) -> RomeQuery<Model> {
    scope == .all
      ? query(type, readDeleted: readDeleted)
      : projectQuery(type, orNone: scope == .ownOrNone, readDeleted: readDeleted)
  }
}
