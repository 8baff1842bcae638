// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// What the caller may do with an image that it describes.
  static let imageRights: [Command] = [
    Command("is_image_visible", ["image"], optional: ["status"]) { call in
      try await .bool(
        call.glance.isImageVisible(call.context, image: call.object("image"), status: call.text("status")))
    },
    Command("is_image_mutable", ["image"]) { call in
      try .bool(call.glance.isImageMutable(call.context, image: call.object("image")))
    },
  ]
}
