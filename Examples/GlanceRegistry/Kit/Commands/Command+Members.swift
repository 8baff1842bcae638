// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Members of images: the tenants that an image is shared with.
  static let members: [Command] = [
    Command("image_member_create", ["values"]) { call in
      try await call.glance.imageMemberCreate(call.context, values: call.object("values")).values
    },
    Command("image_member_update", ["memb_id", "values"]) { call in
      try await call.glance.imageMemberUpdate(
        call.context, memberID: call.requiredInteger("memb_id"), values: call.object("values")
      ).values
    },
    Command("image_member_delete", ["memb_id"]) { call in
      try await call.glance.imageMemberDelete(call.context, memberID: call.requiredInteger("memb_id"))
      return .null
    },
    Command("image_member_find", optional: ["image_id", "member", "status", "include_deleted"]) { call in
      let members = try await call.glance.imageMemberFind(
        call.context, imageID: call.text("image_id"), member: call.text("member"), status: call.text("status"),
        includeDeleted: call.flag("include_deleted"))
      return .array(members.map(\.values))
    },
    Command("image_member_count", ["image_id"]) { call in
      try await GlanceValue(call.glance.imageMemberCount(call.context, imageID: call.text("image_id")))
    },
  ]
}
