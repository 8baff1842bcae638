// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds a certificate.
  public func certificateCreate(
    _ context: NovaContext, values: NovaValues<Certificate>
  ) async throws(NovaError) -> NovaRow<Certificate> {
    try await transaction(context) { call in NovaRow(try await call.insert(values)) }
  }

  /// The live certificates of a project.
  public func certificateGetAllByProject(
    _ context: NovaContext, projectID: String
  ) async throws(NovaError) -> [NovaRow<Certificate>] {
    try await reading(context) { call in
      try await call.certificates.filter(Certificate.projectID == projectID).rows()
    }
  }

  /// The live certificates of a user, in all of his projects.
  public func certificateGetAllByUser(
    _ context: NovaContext, userID: String
  ) async throws(NovaError) -> [NovaRow<Certificate>] {
    try await reading(context) { call in try await call.certificates.filter(Certificate.userID == userID).rows() }
  }

  /// The live certificates of a user in a project.
  public func certificateGetAllByUserAndProject(
    _ context: NovaContext, userID: String, projectID: String
  ) async throws(NovaError) -> [NovaRow<Certificate>] {
    try await reading(context) { call in
      try await call.certificates.filter(Certificate.userID == userID, Certificate.projectID == projectID).rows()
    }
  }
}

extension NovaCall {
  fileprivate var certificates: RomeQuery<Certificate> { query(Certificate.self, readDeleted: .no) }
}
