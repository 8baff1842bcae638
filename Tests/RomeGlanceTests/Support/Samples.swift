// SPDX-License-Identifier: Apache-2.0

import RomeGlance
import Testing

extension GlanceDatabase {
  /// Makes an active image.
  @discardableResult
  func makeImage(_ id: String, _ values: [String: GlanceValue] = [:]) async throws -> ImageRecord {
    try await imageCreate(
      .admin, values: values.merging(["id": .string(id)]) { $1 }.merging(["status": "active"]) { a, _ in a })
  }

  /// Shares an image with a tenant.
  @discardableResult
  func share(_ imageID: String, with tenant: String, status: String = "accepted") async throws -> ImageMemberRecord {
    try await imageMemberCreate(
      .admin, values: ["image_id": .string(imageID), "member": .string(tenant), "status": .string(status)])
  }
}

/// A location as a client sends it.
func location(_ url: String, id: Int? = nil, status: String = "active") -> GlanceValue {
  var members: [String: GlanceValue] = ["url": .string(url), "metadata": [:], "status": .string(status)]
  if let id { members["id"] = GlanceValue(id) }
  return .object(members)
}

/// Runs work several times at once.
///
/// - Returns: For each run the class of its error, or nil when it succeeded.
func race(
  _ count: Int, _ work: @escaping @Sendable (Int) async throws -> Void
) async -> [GlanceError.Code?] {
  await withTaskGroup(of: GlanceError.Code?.self) { group in
    for number in 0..<count {
      group.addTask {
        do {
          try await work(number)
          return nil
        } catch {
          return (error as? GlanceError)?.code ?? GlanceError.Code(rawValue: "\(error)")
        }
      }
    }
    return await group.reduce(into: []) { $0.append($1) }
  }
}
