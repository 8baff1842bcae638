// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Certificates.
  static let certificates: [Method] = [
    Method("certificate_create", NovaDatabase.certificateCreate, "values"),
    Method("certificate_get_all_by_project", NovaDatabase.certificateGetAllByProject, "project_id"),
    Method("certificate_get_all_by_user", NovaDatabase.certificateGetAllByUser, "user_id"),
    Method(
      "certificate_get_all_by_user_and_project", NovaDatabase.certificateGetAllByUserAndProject, "user_id", "project_id"
    ),
  ]
}
