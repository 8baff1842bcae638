// SPDX-License-Identifier: Apache-2.0

/// What to change of a group of instances.
public struct InstanceGroupChanges: Hashable, Sendable {
  /// New values of columns.
  public var values: NovaValues<InstanceGroup>
  /// The policies that the group has then; nil leaves them as they are.
  public var policies: [String]?
  /// The UUIDs of the members that the group has then; nil leaves them as they are.
  public var members: [String]?

  /// Makes changes.
  ///
  /// - Parameters:
  ///   - values: New values of columns.
  ///   - policies: The policies that the group has then; nil leaves them as they are.
  ///   - members: The UUIDs of the members that the group has then; nil leaves them as they are.
  public init(_ values: NovaValues<InstanceGroup> = NovaValues(), policies: [String]? = nil, members: [String]? = nil) {
    self.values = values
    self.policies = policies
    self.members = members
  }
}
