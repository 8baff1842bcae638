// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Shares an image with a tenant. Rights are not checked, nor whether the image exists or is shared with the tenant
  /// already: a further row is made.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - values: `image_id` and `member`; `can_share`, by default false; `status`, by default `pending`. Other names are
  ///     ignored.
  /// - Returns: The membership.
  /// - Throws: `invalid` for characters that Glance refuses; `rpc` when a value is missing or of a wrong type.
  public func imageMemberCreate(
    _ context: GlanceContext, values: [String: GlanceValue]
  ) async throws(GlanceError) -> ImageMemberRecord {
    try FourByteCharacters.refuse(in: values)
    let imageID = try (values["image_id"] ?? .null).requiredText("image_id")
    let tenant = try (values["member"] ?? .null).requiredText("member")
    let canShare = try values["can_share"]?.boolean("can_share") ?? false
    let status = try values["status"]?.text("status") ?? "pending"
    return try await transaction { session in
      let now = clock.now()
      let member = ImageMember(
        imageID: imageID, member: tenant, canShare: canShare, status: status, createdAt: now, updatedAt: now)
      session.add(member)
      try await session.flush()
      return ImageMemberRecord(member)
    }
  }

  /// Changes a membership; a deleted one comes back to life. Rights are not checked.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - memberID: The number of the membership, which Glance calls `memb_id`.
  ///   - values: The columns to change. `can_share` becomes false when it is not among them.
  /// - Returns: The membership.
  /// - Throws: `rpc` when there is none of the number, or a value is of a wrong type.
  public func imageMemberUpdate(
    _ context: GlanceContext, memberID: Int64, values: [String: GlanceValue]
  ) async throws(GlanceError) -> ImageMemberRecord {
    let canShare = try values["can_share"]?.boolean("can_share") ?? false
    let status = try values["status"]?.requiredText("status")
    let tenant = try values["member"]?.requiredText("member")
    let imageID = try values["image_id"]?.requiredText("image_id")
    return try await transaction { session in
      let member = try await session.member(memberID)
      member.canShare = canShare
      if let status { member.status = status }
      if let tenant { member.member = tenant }
      if let imageID { member.imageID = imageID }
      member.deleted = false
      member.deletedAt = nil
      member.updatedAt = max(clock.now(), member.createdAt + 1)
      return ImageMemberRecord(member)
    }
  }

  /// Marks a membership as deleted. Rights are not checked.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - memberID: The number of the membership, which Glance calls `memb_id`.
  /// - Throws: `rpc` when there is none of the number.
  public func imageMemberDelete(_ context: GlanceContext, memberID: Int64) async throws(GlanceError) {
    try await transaction { session in
      let member = try await session.member(memberID)
      if !member.deleted { member.markDeleted(at: clock.now()) }
    }
  }

  /// The number of memberships of an image that are not deleted, for anyone.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The image.
  /// - Returns: How many.
  /// - Throws: `invalid` when the id is nil or empty.
  public func imageMemberCount(_ context: GlanceContext, imageID: String?) async throws(GlanceError) -> Int {
    guard let imageID, !imageID.isEmpty else { throw GlanceError(.invalid, "Image id is required.") }
    return try await reading { session in
      try await session.query(ImageMember.self)
        .filter(ImageMember.imageID == imageID, ImageMember.deleted == false).count()
    }
  }
}

extension ImageMember {
  /// Marks the row as deleted.
  func markDeleted(at time: GlanceTime) {
    deleted = true
    deletedAt = time
    updatedAt = time
  }
}

extension RomeSession {
  /// The membership of a number.
  fileprivate func member(_ id: Int64) async throws -> ImageMember {
    guard let member = try await get(ImageMember.self, id) else {
      throw GlanceError(.rpc, "No row was found for one()")
    }
    return member
  }
}
