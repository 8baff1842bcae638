// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaError {
  /// A failure below Nova's functions as what a caller learns of it. This is the only place where one becomes the other.
  ///
  /// The texts are constant, but for the names of tables and columns: no key, no value and no address of a store is in them.
  init(_ error: any Error) {
    switch error {
    case let error as NovaError: self = error
    case let error as RomeError:
      switch error.code {
      case .conflict: self.init(.dbDeadlock, detail: "other requests kept changing the same rows: try again")
      case .unknownOutcome:
        self.init(.dbConnectionError, detail: "the connection to the store was lost: the change may have been made")
      case .store: self.init(.dbConnectionError, detail: "the store could not be reached or refused the request")
      case .uniqueViolation, .duplicatePrimaryKey: self.init(duplicate: error)
      default: self.init(.dbError, detail: Self.text(error))
      }
    case is CancellationError: self.init(.dbError, detail: "the request was cancelled")
    default: self.init(.dbError, detail: "the database failed")
    }
  }

  /// A row that has the same unique values as another one, as oslo.db tells of it.
  private init(duplicate error: RomeError) {
    self.init(.dbDuplicateEntry, ["columns": .list(error.index.map { [.string($0)] } ?? []), "value": .null])
  }

  private static func text(_ error: RomeError) -> String {
    let text =
      switch error.code {
      case .notNullViolation: "a value is required"
      case .wrongType: "a value is not of the column's type"
      case .limitExceeded: "a value or a request is larger than the store allows"
      case .cancelled: "the request was cancelled"
      default: "the store could not answer (\(error.code.rawValue))"
      }
    let place = [error.entity, error.column].compactMap { $0 }.joined(separator: ".")
    return place.isEmpty ? text : "\(text) (\(place))"
  }
}

extension RomeError {
  /// Whether another row of the table has the same unique values, or the same primary key.
  func isDuplicate<Model: NovaModel>(in type: Model.Type) -> Bool {
    entity == type.tableName && (code == .uniqueViolation || code == .duplicatePrimaryKey)
  }

  /// The columns of the unique index that another row of the table has the same values in; nil when it is not about that.
  func duplicateColumns<Model: NovaModel>(in type: Model.Type) -> [String]? {
    guard isDuplicate(in: type) else { return nil }
    if code == .duplicatePrimaryKey { return type.schema.primaryKey.map { type.schema.columns[$0].name } }
    return type.schema.indexes.first { $0.name == index }?.description.parts.map(\.column) ?? []
  }

  /// The error for a row that has the same unique values as another one of the table; nil when it is not about that.
  func duplicateEntry<Model: NovaModel>(in type: Model.Type) -> NovaError? {
    duplicateColumns(in: type).map { NovaError(.dbDuplicateEntry, ["columns": NovaField($0), "value": .null]) }
  }
}
