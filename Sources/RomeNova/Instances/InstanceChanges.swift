// SPDX-License-Identifier: Apache-2.0

/// Changes of an instance.
///
/// ```swift
/// var changes = InstanceChanges { $0.taskState = "rebooting" }
/// changes.expected.taskState = [nil]
/// changes.metadata = ["role": "web"]
/// ```
public struct InstanceChanges: Hashable, Sendable {
  /// The columns that change.
  public var columns: NovaValues<Instance>
  /// The metadata of the user that the instance has then; nil leaves it as it is.
  public var metadata: [String: String?]?
  /// The metadata of Nova that the instance has then; nil leaves it as it is.
  public var systemMetadata: [String: String?]?
  /// The values that columns must have before the change: Nova's `expected_task_state` and `expected_vm_state`.
  public var expected = NovaExpectedValues<Instance>()

  /// Makes changes.
  ///
  /// - Parameter assign: Assigns columns.
  public init(_ assign: (inout NovaValues<Instance>) -> Void = { _ in }) { columns = NovaValues(assign) }

  /// Makes changes of columns.
  public init(columns: NovaValues<Instance>) { self.columns = columns }
}

/// An instance before a change and after it.
public struct InstanceRevision: Sendable {
  /// The instance as it was.
  public let original: NovaRow<Instance>
  /// The instance as it is.
  public let updated: NovaRow<Instance>
}
