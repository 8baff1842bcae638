// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// The image of an id, with its properties and locations.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The id.
  ///   - forceShowDeleted: Whether a deleted image will do, and deleted locations are shown. Administrators see deleted
  ///     images anyway.
  ///   - v1Mode: Whether the values of the answer are those of version 1.
  /// - Returns: The image.
  /// - Throws: `imageNotFound`; `forbidden` when the caller may not see it.
  public func imageGet(
    _ context: GlanceContext, imageID: String, forceShowDeleted: Bool = false, v1Mode: Bool = false
  ) async throws(GlanceError) -> ImageRecord {
    try await reading { session in
      let image = try await session.image(imageID, for: context, showsDeleted: forceShowDeleted)
      return try await session.record(of: image, for: context, showsDeletedLocations: forceShowDeleted, v1Mode: v1Mode)
    }
  }
}
