// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Properties of images, one by one.
  static let properties: [Command] = [
    Command("image_property_create", ["values"]) { call in
      // Glance answers this function by an image's property without the time of its deletion, which it can't have yet.
      var row = try await call.glance.imagePropertyCreate(call.context, values: call.object("values")).values
        .objectValue
      row?["deleted_at"] = nil
      return row.map { .object($0) } ?? .null
    },
    Command("image_property_delete", ["prop_ref", "image_ref"]) { call in
      try await call.glance.imagePropertyDelete(
        call.context, name: call.requiredText("prop_ref"), imageID: call.requiredText("image_ref")
      ).values
    },
    Command("image_set_property_atomic", ["image_id", "name", "value"]) { call in
      try await call.glance.imageSetPropertyAtomic(
        imageID: call.requiredText("image_id"), name: call.requiredText("name"), value: call.requiredText("value"))
      return .null
    },
    Command("image_delete_property_atomic", ["image_id", "name", "value"]) { call in
      try await call.glance.imageDeletePropertyAtomic(
        imageID: call.requiredText("image_id"), name: call.requiredText("name"), value: call.requiredText("value"))
      return .null
    },
  ]
}
