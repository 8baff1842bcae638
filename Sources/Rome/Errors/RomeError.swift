// SPDX-License-Identifier: Apache-2.0

/// What went wrong in a session or a query. The code says what kind of failure it is, the fields where it was.
public struct RomeError: Error, Sendable {
  /// What kind of failure an error is. New codes may come, so a `switch` over them needs a default.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The name of the code.
    public let rawValue: String

    /// Makes a code of its name.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// Somebody else changed what this transaction read or wrote. Nothing was committed; run it again.
    public static let conflict = Code(rawValue: "conflict")
    /// The answer to a commit was lost, and the store could not be asked what became of it: it may have been applied.
    /// `commitID` settles it later through ``Store/resolve(_:)``.
    public static let unknownOutcome = Code(rawValue: "unknownOutcome")
    /// Another row has the same values in the columns of a unique index.
    public static let uniqueViolation = Code(rawValue: "uniqueViolation")
    /// Another row has the same primary key.
    public static let duplicatePrimaryKey = Code(rawValue: "duplicatePrimaryKey")
    /// A foreign key refers to a row that does not exist.
    public static let foreignKeyViolation = Code(rawValue: "foreignKeyViolation")
    /// A row can't be deleted because others refer to it.
    public static let restrictViolation = Code(rawValue: "restrictViolation")
    /// A column that can't be NULL has no value.
    public static let notNullViolation = Code(rawValue: "notNullViolation")
    /// There is no such entity.
    public static let notFound = Code(rawValue: "notFound")
    /// A query that must have one result has several.
    public static let multipleResults = Code(rawValue: "multipleResults")
    /// There is no such column.
    public static let unknownColumn = Code(rawValue: "unknownColumn")
    /// A value is not of the column's type.
    public static let wrongType = Code(rawValue: "wrongType")
    /// A query can't be answered as it is written.
    public static let invalidQuery = Code(rawValue: "invalidQuery")
    /// A call that the session or entity can't serve as it stands.
    public static let invalidState = Code(rawValue: "invalidState")
    /// A computation left the range of its type.
    public static let arithmeticOverflow = Code(rawValue: "arithmeticOverflow")
    /// The description of a table is wrong in itself.
    public static let invalidSchema = Code(rawValue: "invalidSchema")
    /// The store was written with another description of the table.
    public static let schemaMismatch = Code(rawValue: "schemaMismatch")
    /// The bytes of a row are none that Rome wrote.
    public static let corruptRow = Code(rawValue: "corruptRow")
    /// The bytes of a key are none that Rome wrote.
    public static let corruptKey = Code(rawValue: "corruptKey")
    /// The store failed; `underlying` says how. Nothing was committed.
    public static let store = Code(rawValue: "store")
    /// The task was cancelled. Nothing was committed.
    public static let cancelled = Code(rawValue: "cancelled")
    /// A row, a key, a transaction or a result is larger than allowed.
    public static let limitExceeded = Code(rawValue: "limitExceeded")
    /// The lease of a lock is over, and was not released by its holder: what it protected may have changed. Nothing was
    /// committed under it. Not retryable: to run the closure again does not bring the lease back.
    public static let leaseLost = Code(rawValue: "leaseLost")
    /// A lock was not to be had within the time that the caller was ready to wait.
    public static let lockTimeout = Code(rawValue: "lockTimeout")
  }

  /// What kind of failure it is.
  public var code: Code
  /// What happened, in words without data.
  public var message: String
  /// The table of the entity.
  public var entity: String?
  /// The column.
  public var column: String?
  /// The index.
  public var index: String?
  /// The encoded primary key of the row.
  public var key: Key?
  /// The name of the lock.
  public var lock: String?
  /// The commit that failed or is in doubt.
  public var commitID: CommitID?
  /// The failure of the store behind this one.
  public var underlying: StoreError?

  /// Makes an error.
  public init(
    _ code: Code, _ message: String, entity: String? = nil, column: String? = nil, index: String? = nil,
    key: Key? = nil, lock: String? = nil, commitID: CommitID? = nil, underlying: StoreError? = nil
  ) {
    self.code = code
    self.message = message
    self.entity = entity
    self.column = column
    self.index = index
    self.key = key
    self.lock = lock
    self.commitID = commitID
    self.underlying = underlying
  }

  /// Whether the same work can succeed when it is done again from its begin. Only a conflict says yes.
  public var isRetryable: Bool { code == .conflict }

  /// The failure of a store as a failure of the session.
  init(_ error: StoreError) {
    switch error.code {
    case .cancelled: self.init(.cancelled, error.message, underlying: error)
    case .limitExceeded: self.init(.limitExceeded, error.message, underlying: error)
    default: self.init(.store, error.message, underlying: error)
    }
  }
}

extension RomeError: CustomStringConvertible {
  /// The code, the message and the fields that are set. It carries no values of rows; a key is one only by its bytes,
  /// so it is left out.
  public var description: String {
    var text = "RomeError.\(code.rawValue): \(message)"
    let fields = [
      ("entity", entity), ("column", column), ("index", index), ("lock", lock),
      ("commit", commitID?.description), ("store", underlying?.description),
    ]
    let present = fields.compactMap { name, value in value.map { "\(name): \($0)" } }
    if !present.isEmpty { text += " (" + present.joined(separator: ", ") + ")" }
    return text
  }
}
