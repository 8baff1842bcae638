// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// Which instances a listing shall have: what `instance_get_all_by_filters` takes as a dictionary.
///
/// ```swift
/// var filters = InstanceFilters()
/// filters.deleted = false
/// filters.host = .equals("compute1")
/// filters.patterns["display_name"] = "^web[0-9]+$"
/// ```
///
/// All filters that are set must hold. Without any, a listing has all instances that are not hidden, deleted ones too.
public struct InstanceFilters: Hashable, Sendable {
  /// The values that a column may have.
  public enum Match<Value: ColumnValue & Hashable>: Hashable, Sendable where Value.Base == Value {
    /// This value; nil is the column that has none.
    case equals(Value?)
    /// One of these values; of an empty list none, so that nothing is found. A nil among them finds nothing, as in SQL.
    case anyOf([Value?])
  }

  /// A condition on the metadata of the user, as EC2's API has them: what is called `filter`. Nova has dropped it by Train.
  public enum MetadataTag: Hashable, Sendable {
    /// There is one of these keys: `tag-key`.
    case keys([String])
    /// There is one of these values: `tag-value`.
    case values([String])
    /// The key has one of these values: `tag:KEY`.
    case entry(String, [String])
  }

  /// Which project it belongs to. A user's listing is that of his project, whatever this says.
  public var projectID: Match<String>?
  /// Which user it belongs to.
  public var userID: Match<String>?
  /// Which image it was made of.
  public var imageRef: Match<String>?
  /// What state it is in.
  public var vmState: Match<String>?
  /// What is being done with it.
  public var taskState: Match<String>?
  /// The number of its flavor.
  public var instanceTypeID: Match<Int>?
  /// Its UUID.
  public var uuid: Match<String>?
  /// The host that it is on.
  public var host: Match<String>?
  /// Whether it is locked. Before Train, Nova takes it for a pattern, which finds none.
  public var locked: Match<Bool>?

  /// Only those that were changed then or later.
  public var changesSince: Date?
  /// Only those that were changed then or before. Nova has it since Stein.
  public var changesBefore: Date?

  /// Only deleted ones, or only those that are not; nil for both.
  public var deleted: Bool?
  /// What becomes of those in the state `soft-delete`, which can still be restored: whether they count as deleted ones too
  /// (by default they do), or are among those that are not deleted (by default they aren't). Without ``deleted`` it has
  /// no effect.
  public var softDeleted: Bool?
  /// Only those that are wiped off their host, or only those that are not.
  public var cleaned: Bool?
  /// Whether the hidden ones are listed instead of the others: copies of instances that move to another cell. Nova has
  /// them since Train.
  public var hidden = false

  /// The instance has all of these tags.
  public var tags: [String] = []
  /// The instance has one of these tags; nil for no condition.
  public var anyOfTags: [String]?
  /// The instance lacks one of these tags.
  public var notTags: [String] = []
  /// The instance has none of these tags.
  public var noneOfTags: [String] = []

  /// The metadata of the user: each of the keys is there, and each of the values, though not with each other.
  public var metadata: [[String: String?]] = []
  /// The same of the metadata of Nova, deleted ones too.
  public var systemMetadata: [[String: String?]] = []
  /// Conditions on the metadata of the user as EC2's API has them: one of all the keys and values, and all of the entries.
  public var metadataTags: [MetadataTag] = []

  /// Regular expressions by the names of columns, each to be found in the text of its column. Names that are no columns have
  /// no effect.
  ///
  /// They are Python's, as far as Swift knows what they mean. The text of a column without a value is `None`, that of a
  /// truth value is `1` or `0`, and that of a time such as `2016-03-01 12:00:00.000000`.
  public var patterns: [String: String] = [:]

  /// All instances that are not hidden.
  public init() {}
}
