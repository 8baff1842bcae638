// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// The images that a caller lists and that fulfil all filters, in order, page by page. Deleted ones are among them unless a
  /// filter says otherwise.
  ///
  /// A page costs a constant number of round trips, however many images there are: a few for its images, and one each for
  /// their properties, locations and tags.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - filters: What the images must be like; the specification of Glance's registry has all of them.
  ///   - marker: The id of the image behind which the page begins. It need not be listed itself.
  ///   - limit: How many images there are at the most; nil or a negative number for all.
  ///   - sortKey: The columns to sort by; none is `created_at`.
  ///   - sortDir: `asc` or `desc` for each of them, or one for all; none is `desc`.
  ///   - memberStatus: The status that a membership must have for its image to be listed; `all` for any.
  ///   - isPublic: True for public images only, false for all but them.
  ///   - adminAsUser: Whether an administrator lists as a regular user of its tenant.
  ///   - returnTag: Whether the images have their tags.
  ///   - v1Mode: Whether the values of the answer are those of version 1.
  /// - Returns: The images.
  /// - Throws: `imageNotFound` and `forbidden` for the marker; `invalidSortKey`, `keyError` and `rpc` for the order;
  ///   `invalidFilterOperatorValue`, `invalidFilterRangeValue`, `invalidParameterValue`, `attributeError` for filters.
  public func imageGetAll(
    _ context: GlanceContext, filters: [String: GlanceValue] = [:], marker: String? = nil, limit: Int? = nil,
    sortKey: [String] = [], sortDir: [String] = [], memberStatus: String = "accepted", isPublic: Bool? = nil,
    adminAsUser: Bool = false, returnTag: Bool = false, v1Mode: Bool = false
  ) async throws(GlanceError) -> [ImageRecord] {
    let understood = try ImageFilters(filters)
    return try await listing { session in
      var begin: Image?
      if let marker {
        begin = try await session.image(marker, for: context, showsDeleted: understood.showsDeleted)
      }
      let listing = ImageListing(
        context: context, filters: understood, order: try ImageOrder(sortKey, sortDir),
        limit: limit.flatMap { $0 < 0 ? nil : $0 }, isRegular: !context.isAdmin || adminAsUser,
        memberStatus: memberStatus == "all" ? nil : memberStatus, isPublic: isPublic)
      let images = try await listing.images(after: begin, in: session)
      return try await session.records(
        of: images, for: context, showsDeletedLocations: understood.showsDeleted, withTags: returnTag,
        v1Mode: v1Mode)
    }
  }
}

extension RomeSession {
  /// What a caller gets of images, whose children are read in a batch for each kind.
  fileprivate func records(
    of images: [Image], for context: GlanceContext, showsDeletedLocations: Bool, withTags: Bool, v1Mode: Bool
  ) async throws -> [ImageRecord] {
    var records: [ImageRecord] = []
    records.reserveCapacity(images.count)
    for begin in stride(from: 0, to: images.count, by: ImageMarks.bound) {
      let batch = Array(images[begin..<min(images.count, begin + ImageMarks.bound)])
      _ = try await Image.properties.load(for: batch, in: self)
      _ = try await Image.locations.load(for: batch, in: self)
      if withTags { _ = try await Image.tags.load(for: batch, in: self) }
      for image in batch {
        records.append(
          ImageRecord(
            image, properties: try await image.properties, locations: try await image.locations,
            tags: withTags ? try await image.tags : nil, for: context,
            showsDeletedLocations: showsDeletedLocations, v1Mode: v1Mode))
      }
    }
    return records
  }
}
