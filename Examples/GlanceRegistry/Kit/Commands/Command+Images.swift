// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Images as a whole.
  static let images: [Command] = [
    Command("image_create", ["values"], optional: ["v1_mode"]) { call in
      try await call.glance.imageCreate(
        call.context, values: call.object("values"), v1Mode: call.flag("v1_mode")
      ).values
    },
    Command(
      "image_update", ["image_id", "values"], optional: ["purge_props", "from_state", "v1_mode"]
    ) { call in
      try await call.glance.imageUpdate(
        call.context, imageID: call.id("image_id"), values: call.object("values"),
        purgeProps: call.flag("purge_props"), fromState: call.text("from_state"), v1Mode: call.flag("v1_mode")
      ).values
    },
    Command("image_get", ["image_id"], optional: ["force_show_deleted", "v1_mode"]) { call in
      try await call.glance.imageGet(
        call.context, imageID: call.id("image_id"), forceShowDeleted: call.flag("force_show_deleted"),
        v1Mode: call.flag("v1_mode")
      ).values
    },
    Command("image_destroy", ["image_id"]) { call in
      try await call.glance.imageDestroy(call.context, imageID: call.id("image_id")).values
    },
    Command("image_restore", ["image_id"]) { call in
      try await call.glance.imageRestore(call.context, imageID: call.id("image_id"))
      return .null
    },
  ]
}
