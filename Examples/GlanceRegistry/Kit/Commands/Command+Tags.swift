// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Tags of images.
  static let tags: [Command] = [
    Command("image_tag_create", ["image_id", "value"]) { call in
      try await .string(
        call.glance.imageTagCreate(
          call.context, imageID: call.requiredText("image_id"), value: call.requiredText("value")))
    },
    Command("image_tag_set_all", ["image_id", "tags"]) { call in
      try await call.glance.imageTagSetAll(
        call.context, imageID: call.requiredText("image_id"), tags: call.texts("tags"))
      return .null
    },
    Command("image_tag_get_all", ["image_id"]) { call in
      let tags = try await call.glance.imageTagGetAll(call.context, imageID: call.id("image_id"))
      return .array(tags.map { .string($0) })
    },
    Command("image_tag_delete", ["image_id", "value"]) { call in
      try await call.glance.imageTagDelete(
        call.context, imageID: call.id("image_id"), value: call.requiredText("value"))
      return .null
    },
  ]
}
