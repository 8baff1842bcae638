// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// What tenants use of the storage.
  static let quota: [Command] = [
    Command("user_get_storage_usage", ["owner_id"], optional: ["image_id"]) { call in
      try await .int(
        call.glance.userGetStorageUsage(
          call.context, ownerID: call.requiredText("owner_id"), imageID: call.text("image_id")))
    }
  ]
}
