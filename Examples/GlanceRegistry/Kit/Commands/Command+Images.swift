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
    Command(
      "image_get_all",
      optional: [
        "filters", "marker", "limit", "sort_key", "sort_dir", "member_status", "is_public", "admin_as_user",
        "return_tag", "v1_mode",
      ]
    ) { call in
      let images = try await call.glance.imageGetAll(
        call.context, filters: call.optionalObject("filters"), marker: call.text("marker"), limit: call.limit(),
        sortKey: call.texts("sort_key"), sortDir: call.texts("sort_dir"),
        memberStatus: call.text("member_status", default: "accepted") ?? "", isPublic: call.optionalFlag("is_public"),
        adminAsUser: call.flag("admin_as_user"), returnTag: call.flag("return_tag"), v1Mode: call.flag("v1_mode"))
      return .array(images.map(\.values))
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
