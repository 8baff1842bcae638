// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Makes an image active again whose data waits for being deleted. Its children stay as they are.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The id.
  /// - Throws: `imageNotFound`; `forbidden` when the caller may not see it; `conflict` when its status is not
  ///   `pending_delete`.
  public func imageRestore(_ context: GlanceContext, imageID: String) async throws(GlanceError) {
    try await transaction { session in
      let image = try await session.image(imageID, for: context)
      guard image.status == .pendingDelete else {
        throw GlanceError(
          .conflict,
          "cannot restore the image from \(image.status.rawValue) to active (wanted from_state=pending_delete)")
      }
      image.status = .active
      image.deleted = false
      image.updatedAt = clock.now()
    }
  }
}
