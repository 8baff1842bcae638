// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// Which actions of an instance are listed. Nova has it since Queens.
public struct NovaActionFilters: Hashable, Sendable {
  /// Only those that were changed at this time or later.
  public var changesSince: Date?
  /// Only those that were changed at this time or earlier.
  public var changesBefore: Date?

  /// Makes a choice.
  ///
  /// - Parameters:
  ///   - changesSince: Only actions that were changed at this time or later.
  ///   - changesBefore: Only actions that were changed at this time or earlier.
  public init(changesSince: Date? = nil, changesBefore: Date? = nil) {
    self.changesSince = changesSince
    self.changesBefore = changesBefore
  }
}
