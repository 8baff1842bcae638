// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// What operators run now and then.
  static let maintenance: [Command] = [
    Command("purge_deleted_rows", ["age_in_days", "max_rows"]) { call in
      try await call.glance.purgeDeletedRows(
        call.context, ageInDays: call.row("age_in_days"), maxRows: call.row("max_rows"))
      return .null
    },
    Command("purge_deleted_rows_from_images", ["age_in_days", "max_rows"]) { call in
      try await call.glance.purgeDeletedRowsFromImages(
        call.context, ageInDays: call.row("age_in_days"), maxRows: call.row("max_rows"))
      return .null
    },
  ]
}
