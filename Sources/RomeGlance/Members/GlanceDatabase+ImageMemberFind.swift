// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// The memberships that match all arguments that are given. A caller who is no administrator gets those of its own images
  /// and those that it is the member of; without a tenant, those of images without an owner. Memberships of images that
  /// there are not only administrators get.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - imageID: The image; nil for any.
  ///   - member: The tenant; nil for any.
  ///   - status: The status; nil for any.
  ///   - includeDeleted: Whether deleted ones are found, too.
  /// - Returns: The memberships by their numbers.
  /// - Throws: `rpc` when the store fails.
  public func imageMemberFind(
    _ context: GlanceContext, imageID: String? = nil, member: String? = nil, status: String? = nil,
    includeDeleted: Bool = false
  ) async throws(GlanceError) -> [ImageMemberRecord] {
    var conditions: [Condition] = []
    if let imageID { conditions.append(ImageMember.imageID == imageID) }
    if let member { conditions.append(ImageMember.member == member) }
    if let status { conditions.append(ImageMember.status == status) }
    if !includeDeleted { conditions.append(ImageMember.deleted == false) }
    return try await reading { session in
      let members =
        context.isAdmin
        ? try await session.query(ImageMember.self).filter(all: conditions).all()
        : try await session.members(conditions, for: context)
      return members.map { ImageMemberRecord($0) }.sorted { $0.id < $1.id }
    }
  }
}

extension RomeQuery {
  /// Keeps the rows for which all conditions of a list are true.
  func filter(all conditions: [Condition]) -> RomeQuery<Row> {
    conditions.reduce(self) { $0.filter($1) }
  }
}

extension RomeSession {
  /// The memberships that fulfil conditions and that the caller gets.
  ///
  /// These are two queries, because one condition is about the image and the other one about the membership: each of them has
  /// an index to begin with, and the disjunction of both has none.
  fileprivate func members(_ conditions: [Condition], for context: GlanceContext) async throws -> [ImageMember] {
    let base = query(ImageMember.self).join(Image.self, on: ImageMember.imageID == Image.id).filter(all: conditions)
    let owned = base.filter(context.owner.map { Image.owner == $0 } ?? (Image.owner == nil))
    var found = try await owned.all().map(\.0)
    if let owner = context.owner {
      let own = try await base.filter(ImageMember.member == owner).all().map(\.0)
      let known = Set(found.map { ObjectIdentifier($0) })
      found += own.filter { !known.contains(ObjectIdentifier($0)) }
    }
    return found
  }
}
