// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Locations of the data of images, one by one.
  static let locations: [Command] = [
    Command("image_location_add", ["image_id", "location"]) { call in
      try await call.glance.imageLocationAdd(
        call.context, imageID: call.requiredText("image_id"), location: call.value("location"))
      return .null
    },
    Command("image_location_update", ["image_id", "location"]) { call in
      try await call.glance.imageLocationUpdate(
        call.context, imageID: call.requiredText("image_id"), location: call.value("location"))
      return .null
    },
    Command("image_location_delete", ["image_id", "location_id", "status"], optional: ["delete_time"]) { call in
      try await call.glance.imageLocationDelete(
        call.context, imageID: call.requiredText("image_id"), locationID: call.requiredInteger("location_id"),
        status: call.requiredText("status"))
      return .null
    },
  ]
}
