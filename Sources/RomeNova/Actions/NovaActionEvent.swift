// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A step of an action as it is reported: the columns of the event, and which action it is of.
public struct NovaActionEventValues: Hashable, Sendable {
  /// The UUID of the instance.
  public var instanceUUID: String
  /// The number of the request that the action is of.
  public var requestID: String
  /// The columns of the event.
  public var columns: NovaValues<InstanceActionEvent>

  /// Makes a report.
  ///
  /// - Parameters:
  ///   - instanceUUID: The UUID of the instance.
  ///   - requestID: The number of the request that the action is of.
  ///   - columns: The columns of the event.
  public init(instanceUUID: String, requestID: String, columns: NovaValues<InstanceActionEvent>) {
    self.instanceUUID = instanceUUID
    self.requestID = requestID
    self.columns = columns
  }
}

/// A step of an action as a function answers it that has noted it: the row, and what it was reported with.
@dynamicMemberLookup
public struct NovaActionEvent: Sendable {
  /// The row of the event.
  public let row: NovaRow<InstanceActionEvent>
  /// The UUID of the instance.
  public let instanceUUID: String
  /// The number of the request that the step was reported with.
  public let requestID: String

  init(_ event: InstanceActionEvent, _ values: NovaActionEventValues) {
    row = NovaRow(event)
    instanceUUID = values.instanceUUID
    requestID = values.requestID
  }

  /// The value of a column of the event.
  public subscript<T: ColumnValue>(
    dynamicMember column: KeyPath<InstanceActionEvent.Type, Column<InstanceActionEvent, T>>
  ) -> T {
    row[dynamicMember: column]
  }
}
