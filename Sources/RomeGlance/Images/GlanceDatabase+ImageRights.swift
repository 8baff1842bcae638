// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Whether the caller may see an image, by the image as the caller describes it.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - image: An image with at least `id`, `owner` and `visibility`.
  ///   - status: The status that a membership must have to count; nil for any.
  /// - Returns: Whether it is visible.
  /// - Throws: `keyError` when one of the three is missing, `rpc` when one is of a wrong type.
  public func isImageVisible(
    _ context: GlanceContext, image: [String: GlanceValue], status: String? = nil
  ) async throws(GlanceError) -> Bool {
    let image = try ImageAccess(image)
    return try await reading { session in try await session.sees(image, context, memberStatus: status) }
  }

  /// Whether the caller may change an image, by the image as the caller describes it.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - image: An image with at least `id`, `owner` and `visibility`.
  /// - Returns: Whether it can be changed.
  /// - Throws: `keyError` when one of the three is missing, `rpc` when one is of a wrong type.
  public func isImageMutable(
    _ context: GlanceContext, image: [String: GlanceValue]
  ) throws(GlanceError) -> Bool {
    context.changes(try ImageAccess(image))
  }
}

extension ImageAccess {
  /// What the rules look at in an image that a caller describes.
  init(_ values: [String: GlanceValue]) throws(GlanceError) {
    func member(_ name: String) throws(GlanceError) -> GlanceValue {
      guard let value = values[name] else { throw GlanceError(.keyError, "'\(name)'") }
      return value
    }
    guard let visibility = ImageVisibility(rawValue: try member("visibility").requiredText("visibility")) else {
      throw GlanceError(.rpc, "'visibility' must be one of public, private, shared, community")
    }
    self.init(
      id: try member("id").requiredText("id"), owner: try member("owner").text("owner"), visibility: visibility)
  }
}
