// SPDX-License-Identifier: Apache-2.0

import Rome

/// Which images a caller lists. This is another rule than the one of which images a caller sees by id
/// (``GlanceContext/sees(_:isMember:)``): an ownerless private image is seen and not listed, and a membership lists an image in
/// one status only.
///
/// The images of a listing are a union: those that everybody lists, the caller's own, and those that are shared with it. As
/// one query with a disjunction, that has no index that gives the order, and every page would read and sort everything. So
/// each part is a query of its own, over an index that begins with what the part fixes and goes on with the order, behind the
/// marker and within the limit: a page costs the limit for each part, whatever the number of images. The parts are then
/// merged, and what is in two of them counts once. Whether an image is deleted stands in the indexes before the order, since
/// glance-api always asks for those that are not; a caller who wants both gets a part for each.
struct ImageListing {
  let context: GlanceContext
  let filters: ImageFilters
  let order: ImageOrder
  let limit: Int?
  /// Whether the caller lists as a regular user: not an administrator, or one who wants to be treated so.
  let isRegular: Bool
  /// The status that a membership must have to count; nil for any.
  let memberStatus: String?
  /// Whether only public images are wanted, or all but public ones; nil for both.
  let isPublic: Bool?

  /// The images of a page in order.
  func images(after marker: Image?, in session: RomeSession) async throws -> [Image] {
    if limit == 0 { return [] }
    let parts = try await parts(after: marker, in: session)
    var images: [Image] = []
    for part in parts { images += try await part.all() }
    if parts.count > 1 { images = order.sorted(images) }
    return limit.map { Array(images.prefix($0)) } ?? images
  }

  /// The queries whose results together are the page.
  func parts(after marker: Image?, in session: RomeSession) async throws -> [RomeQuery<Image>] {
    if case .only(nil) = filters.visibility { return [] }
    var conditions = filters.conditions + visibilityConditions
    var ids = filters.ids.map { Set($0) }
    for mark in filters.marks {
      let question = ImageMarks.question(mark)
      if ids.map({ $0.count > ImageMarks.bound }) ?? true, let few = try await ImageMarks.few(question, in: session) {
        ids = ids?.intersection(few) ?? few
      } else {
        conditions.append(question.condition)
      }
    }
    let branches: [Branch]
    if let ids {
      // What the caller lists is a condition on the few rows like the others.
      branches = [.few(ids, isRegular ? usualCondition + [regularCondition] : usualCondition)]
    } else {
      branches = try await self.branches(in: session)
    }
    return branches.flatMap { queries($0, conditions, session) }
      .map { order.applied(to: $0, after: marker).limit(limit) }
  }

  /// A part of what a caller lists. The conditions leave out what is true of all of it.
  private enum Branch {
    /// A range of an index, walked in its order.
    case walked([Condition])
    /// Images that are known by their ids.
    case few(Set<String>, [Condition])
  }

  private func branches(in session: RomeSession) async throws -> [Branch] {
    guard isRegular else { return [.walked(usualCondition)] }
    var branches = openVisibilities.map { Branch.walked([Image.visibility == $0]) }
    guard let owner = context.owner else { return branches }
    branches.append(.walked([Image.owner == owner]))
    if lists(.shared) {
      let membership = ImageMarks.membership(of: owner, status: memberStatus)
      if let few = try await ImageMarks.few(membership, in: session) {
        branches.append(.few(few, [Image.visibility == .shared]))
      } else {
        branches.append(.walked([membership.condition]))
      }
    }
    return branches
  }

  /// The queries of a part with the conditions that all parts have.
  private func queries(
    _ branch: Branch, _ conditions: [Condition], _ session: RomeSession
  ) -> [RomeQuery<Image>] {
    let base = session.query(Image.self)
    switch branch {
    case .walked(let own):
      return filters.deleted.map { base.filter(all: own + conditions).filter(Image.deleted == $0) }
    case .few(let ids, let own):
      let deleted = filters.deleted.count == 1 ? [Image.deleted == filters.deleted[0]] : []
      let checks = (own + conditions + deleted).map(\.checkedOnRows)
      let sorted = ids.sorted()
      return stride(from: 0, to: sorted.count, by: ImageMarks.bound).map { begin in
        base.filter(Image.id.in(Array(sorted[begin...].prefix(ImageMarks.bound)))).filter(all: checks)
      }
    }
  }

  /// The visibilities of images that the caller lists whoever owns them.
  private var openVisibilities: [ImageVisibility] {
    [.public, .community].filter { lists($0) && ($0 == .public || filters.visibility != .usual) }
  }

  /// Whether images of a visibility can be in the listing, by its filters.
  private func lists(_ visibility: ImageVisibility) -> Bool {
    if case .only(let wanted) = filters.visibility, wanted != visibility { return false }
    return isPublic.map { $0 == (visibility == .public) } ?? true
  }

  /// What a regular caller lists, as a condition on an image.
  private var regularCondition: Condition {
    let open = Image.visibility.in([.public, .community])
    guard let owner = context.owner else { return open }
    return open || Image.owner == owner || ImageMarks.membership(of: owner, status: memberStatus).condition
  }

  /// Community images of others are found by who asks for them only.
  private var usualCondition: [Condition] {
    if filters.visibility != .usual { return [] }
    let isUsual = Image.visibility != .community
    return [context.owner.map { isUsual || Image.owner == $0 } ?? isUsual]
  }

  /// The visibilities that the filters name.
  private var visibilityConditions: [Condition] {
    var conditions: [Condition] = []
    if case .only(let visibility?) = filters.visibility { conditions.append(Image.visibility == visibility) }
    if let isPublic { conditions.append(isPublic ? Image.visibility == .public : Image.visibility != .public) }
    return conditions
  }
}

extension Condition {
  /// The same condition in a form that no index answers, beside a list of ids: that an image is, say, shared selects few of
  /// them by the rules of the planner, which knows nothing of the data, and so it would read all shared images of everybody.
  fileprivate var checkedOnRows: Condition { Condition(coalesce(self, false)) }
}
