// SPDX-License-Identifier: Apache-2.0

/// How much of a resource is in use, and how much is reserved.
public struct QuotaAmount: Hashable, Sendable {
  /// How much is in use.
  public var inUse: Int
  /// How much is reserved, and not in use yet.
  public var reserved: Int
  /// What is in use and what is reserved.
  public var total: Int { inUse + reserved }

  /// Makes an amount.
  ///
  /// - Parameters:
  ///   - inUse: How much is in use.
  ///   - reserved: How much is reserved, and not in use yet.
  public init(inUse: Int = 0, reserved: Int = 0) {
    self.inUse = inUse
    self.reserved = reserved
  }

  fileprivate mutating func add(_ usage: QuotaUsage) {
    inUse += usage.inUse
    reserved += usage.reserved
  }
}

/// How much a project, or a user within it, uses of each resource.
public struct QuotaUsages: Hashable, Sendable {
  /// The project.
  public let projectID: String
  /// The user, with whose usages are those of the project as a whole; nil for the usages of all users.
  public let userID: String?
  /// The amounts by resource.
  public let amounts: [String: QuotaAmount]

  /// The amount of a resource; nil when nothing is known of it.
  public subscript(resource: String) -> QuotaAmount? { amounts[resource] }
}

extension Sequence<QuotaUsage> {
  /// The usages of each resource added up.
  var totals: [String: QuotaAmount] {
    var totals: [String: QuotaAmount] = [:]
    for usage in self { totals[usage.resource, default: QuotaAmount()].add(usage) }
    return totals
  }
}
