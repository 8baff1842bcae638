// SPDX-License-Identifier: Apache-2.0

import Rome

/// Conditions that an index of their own answers: which images have a tag, a property or a hash, and which are shared with a
/// tenant.
///
/// There are two ways to an answer. Where few images fulfil the condition, their ids come from that index, and
/// the images by their keys. Where many do, the images are walked in the order of the listing, and each batch of them is
/// checked: a page is full soon. What is few is found out by reading the index up to a bound, which is a
/// round trip and nothing more.
enum ImageMarks {
  /// The most ids that are read by a condition. A walk for what more images than that fulfil is short.
  static let bound = 1000

  /// A condition, in both ways.
  struct Question {
    /// The ids of the images, some of them perhaps several times, from the entries of an index.
    let ids: (RomeSession) -> RomeQuery<String>
    /// Whether an image fulfils it.
    let condition: Condition
  }

  /// A filter on tags, properties or hashes.
  static func question(_ mark: ImageFilters.Mark) -> Question {
    switch mark {
    case .tag(let tag):
      let matches = ImageTag.value == tag && ImageTag.deleted == false
      return Question(
        ids: { $0.select(ImageTag.imageID).filter(matches) }, condition: Image.tags.any(matches))
    case .property(let name, let value):
      let equal = value.map { ImageProperty.value == $0 } ?? (ImageProperty.value == nil)
      let matches = ImageProperty.name == name && equal && ImageProperty.deleted == false
      return Question(
        ids: { $0.select(ImageProperty.imageID).filter(matches) }, condition: Image.properties.any(matches))
    case .checksum(let checksum):
      let matches = checksum.map { Image.checksum == $0 } ?? (Image.checksum == nil)
      return Question(ids: { $0.select(Image.id).filter(matches) }, condition: matches)
    case .osHashValue(let value):
      let matches = value.map { Image.osHashValue == $0 } ?? (Image.osHashValue == nil)
      return Question(ids: { $0.select(Image.id).filter(matches) }, condition: matches)
    }
  }

  /// The images that are shared with a tenant.
  ///
  /// - Parameters:
  ///   - tenant: The tenant.
  ///   - status: The status that the membership must have; nil for any.
  static func membership(of tenant: String, status: String?) -> Question {
    var matches = ImageMember.member == tenant && ImageMember.deleted == false
    if let status { matches = matches && ImageMember.status == status }
    return Question(
      ids: { $0.select(ImageMember.imageID).filter(matches) },
      condition: Image.visibility == .shared && Image.members.any(matches))
  }

  /// The ids that fulfil a condition, when they are few; nil when they are many.
  static func few(_ question: Question, in session: RomeSession) async throws -> Set<String>? {
    let found = try await question.ids(session).limit(bound + 1).all()
    return found.count > bound ? nil : Set(found)
  }
}
