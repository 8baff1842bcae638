// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// How many bytes the images of a tenant take: of each one its size for every location whose status is not `deleted`. A
  /// location that waits for its deletion counts, since its data is there.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - ownerID: The tenant.
  ///   - imageID: An image that is left out; nil for none.
  /// - Returns: The bytes.
  /// - Throws: `imageNotFound` when the id is too long.
  public func userGetStorageUsage(
    _ context: GlanceContext, ownerID: String, imageID: String? = nil
  ) async throws(GlanceError) -> Int64 {
    if let imageID { try checkImageID(imageID) }
    return try await reading { session in
      var images = session.query(Image.self).filter(Image.owner == ownerID, Image.size > 0)
        .filter(Image.status != .killed, Image.status != .deleted)
      if let imageID { images = images.filter(Image.id != imageID) }
      let places = images.join(Image.locations).filter(ImageLocation.status != "deleted")
      return Int64(try await places.select(Image.size.sum()).one() ?? 0)
    }
  }
}
