// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceError {
  /// A failure below Glance's functions as what a caller learns of it. This is the only place where one becomes the other.
  ///
  /// The texts are constant, but for the names of tables and columns: no key, no value and no address of a store is in them.
  init(_ error: any Error) {
    switch error {
    case let error as GlanceError: self = error
    case let error as RomeError: self.init(.rpc, Self.text(error))
    case is CancellationError: self.init(.rpc, "the request was cancelled")
    default: self.init(.rpc, "the registry failed")
    }
  }

  private static func text(_ error: RomeError) -> String {
    let text =
      switch error.code {
      case .conflict: "other requests kept changing the same rows: try again"
      case .unknownOutcome: "the connection to the store was lost: the change may have been made"
      case .uniqueViolation, .duplicatePrimaryKey: "another row has the same unique values"
      case .notNullViolation: "a value is required"
      case .wrongType: "a value is not of the column's type"
      case .limitExceeded: "a value or a request is larger than the store allows"
      case .cancelled: "the request was cancelled"
      case .store: "the store could not be reached or refused the request"
      default: "the store could not answer (\(error.code.rawValue))"
      }
    let place = [error.entity, error.column].compactMap { $0 }.joined(separator: ".")
    return place.isEmpty ? text : "\(text) (\(place))"
  }
}
