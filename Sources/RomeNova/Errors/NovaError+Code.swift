// SPDX-License-Identifier: Apache-2.0

extension NovaError {
  /// A class of exceptions. The classes of a domain are declared beside its functions; new ones may come, so a `switch` over
  /// them needs a default.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// Where a class of exceptions comes from.
    public enum Origin: Hashable, Sendable {
      /// Nova itself: its message is made of its fields.
      case nova
      /// The database library of OpenStack, oslo.db.
      case database
      /// Python.
      case language
    }

    /// The name of the class without its module.
    public let rawValue: String
    /// Where the class comes from.
    public let origin: Origin
    /// The name of the class that this one is derived from, and the names of those above it.
    public let ancestors: [String]

    /// Makes a code of the name of a class of Nova.
    public init(rawValue: String) {
      self.init(rawValue, of: .nova)
    }

    /// Makes a code.
    ///
    /// - Parameters:
    ///   - name: The name of the class without its module.
    ///   - origin: Where the class comes from.
    ///   - parent: The class that it is derived from, where that is one of those that functions throw.
    public init(_ name: String, of origin: Origin = .nova, under parent: Code? = nil) {
      rawValue = name
      self.origin = origin
      ancestors = parent.map { [$0.rawValue] + $0.ancestors } ?? []
    }

    /// Whether this is the class, or derived from it.
    ///
    /// - Parameter code: The class.
    public func isA(_ code: Code) -> Bool {
      self == code || ancestors.contains(code.rawValue)
    }

    /// Whether both are the same class.
    public static func == (left: Code, right: Code) -> Bool { left.rawValue == right.rawValue }

    /// Feeds the name to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
  }
}

extension NovaError.Code {
  /// The caller may not do that.
  public static let forbidden = Self("Forbidden")
  /// The parent of what is not there.
  public static let notFound = Self("NotFound")
  /// The parent of what is wrong with arguments.
  public static let invalid = Self("Invalid")
  /// An argument is wrong: `reason`.
  public static let invalidInput = Self("InvalidInput", under: .invalid)
  /// A text is no UUID: `uuid`.
  public static let invalidUUID = Self("InvalidUUID", under: .invalid)
  /// A number of a row is none: `id`.
  public static let invalidID = Self("InvalidID", under: .invalid)
  /// The marker of a page is no row: `marker`.
  public static let markerNotFound = Self("MarkerNotFound", under: .notFound)
  /// The list can't be sorted by that.
  public static let invalidSortKey = Self("InvalidSortKey", under: .invalid)

  /// The database failed or refused a value.
  public static let dbError = Self("DBError", of: .database)
  /// A row with the same unique values is there already: `columns`, `value`.
  public static let dbDuplicateEntry = Self("DBDuplicateEntry", of: .database, under: .dbError)
  /// Others kept changing the same rows: try again.
  public static let dbDeadlock = Self("DBDeadlock", of: .database, under: .dbError)
  /// The store could not be reached, or its answer was lost: the change may have been made.
  public static let dbConnectionError = Self("DBConnectionError", of: .database, under: .dbError)

  /// A value is none that the function takes.
  public static let valueError = Self("ValueError", of: .language)
  /// An argument is missing, unknown, or of another type.
  public static let typeError = Self("TypeError", of: .language)
  /// There is no such function.
  public static let notImplementedError = Self("NotImplementedError", of: .language)
}
