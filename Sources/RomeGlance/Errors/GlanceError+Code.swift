// SPDX-License-Identifier: Apache-2.0

extension GlanceError {
  /// A class of exceptions. New ones may come, so a `switch` over them needs a default.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The name of the class without its module.
    public let rawValue: String

    /// Makes a code of the name of a class.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The path of the class in Python, by which a client of the registry imports it.
    public var className: String {
      let module = Self.builtins.contains(self) ? "builtins" : "glance.common.exception"
      return "\(module).\(rawValue)"
    }

    /// The classes that this one is derived from directly.
    public var parents: [Code] { Self.parents[self] ?? [] }

    /// Whether this is the class, or derived from it.
    ///
    /// - Parameter code: The class.
    public func isA(_ code: Code) -> Bool {
      self == code || parents.contains { $0.isA(code) }
    }

    /// What was asked for is not there.
    public static let notFound = Code(rawValue: "NotFound")
    /// No image has the id, or it is deleted and may not be seen.
    public static let imageNotFound = Code(rawValue: "ImageNotFound")
    /// The parent of what can go wrong with tasks.
    public static let taskException = Code(rawValue: "TaskException")
    /// No task has the id, or it is deleted and may not be seen.
    public static let taskNotFound = Code(rawValue: "TaskNotFound")
    /// The id or the name is in use.
    public static let duplicate = Code(rawValue: "Duplicate")
    /// The image is in another status than the caller expects.
    public static let conflict = Code(rawValue: "Conflict")
    /// The caller may not see the image or the task, or may not change it.
    public static let forbidden = Code(rawValue: "Forbidden")
    /// The caller may not change an image that everybody sees.
    public static let forbiddenPublicImage = Code(rawValue: "ForbiddenPublicImage")
    /// A value is not allowed.
    public static let invalid = Code(rawValue: "Invalid")
    /// There is no such column to sort by.
    public static let invalidSortKey = Code(rawValue: "InvalidSortKey")
    /// There is no such operator in filters.
    public static let invalidFilterOperatorValue = Code(rawValue: "InvalidFilterOperatorValue")
    /// The bound of a filter is no number.
    public static let invalidFilterRangeValue = Code(rawValue: "InvalidFilterRangeValue")
    /// A list or a time in a filter can't be read.
    public static let invalidParameterValue = Code(rawValue: "InvalidParameterValue")
    /// There is no such namespace.
    public static let metadefNamespaceNotFound = Code(rawValue: "MetadefNamespaceNotFound")
    /// There is no such object in the namespace.
    public static let metadefObjectNotFound = Code(rawValue: "MetadefObjectNotFound")
    /// There is no such property in the namespace.
    public static let metadefPropertyNotFound = Code(rawValue: "MetadefPropertyNotFound")
    /// There is no such tag in the namespace.
    public static let metadefTagNotFound = Code(rawValue: "MetadefTagNotFound")
    /// There is no such resource type.
    public static let metadefResourceTypeNotFound = Code(rawValue: "MetadefResourceTypeNotFound")
    /// The namespace is not associated with the resource type.
    public static let metadefResourceTypeAssociationNotFound = Code(
      rawValue: "MetadefResourceTypeAssociationNotFound")
    /// The name of the namespace is in use.
    public static let metadefDuplicateNamespace = Code(rawValue: "MetadefDuplicateNamespace")
    /// The name of the object is in use.
    public static let metadefDuplicateObject = Code(rawValue: "MetadefDuplicateObject")
    /// The name of the property is in use.
    public static let metadefDuplicateProperty = Code(rawValue: "MetadefDuplicateProperty")
    /// The name of the tag is in use.
    public static let metadefDuplicateTag = Code(rawValue: "MetadefDuplicateTag")
    /// The name of the resource type is in use.
    public static let metadefDuplicateResourceType = Code(rawValue: "MetadefDuplicateResourceType")
    /// The namespace is associated with the resource type already.
    public static let metadefDuplicateResourceTypeAssociation = Code(
      rawValue: "MetadefDuplicateResourceTypeAssociation")
    /// The caller may not see the namespace.
    public static let metadefForbidden = Code(rawValue: "MetadefForbidden")
    /// Others refer to what was to be deleted.
    public static let metadefIntegrityError = Code(rawValue: "MetadefIntegrityError")
    /// The resource type is protected.
    public static let protectedMetadefResourceTypeSystemDelete = Code(
      rawValue: "ProtectedMetadefResourceTypeSystemDelete")
    /// Every other failure.
    public static let rpc = Code(rawValue: "RPCError")
    /// An argument is missing or unknown.
    public static let typeError = Code(rawValue: "TypeError")
    /// A key is missing.
    public static let keyError = Code(rawValue: "KeyError")
    /// A text stands where a number must be.
    public static let valueError = Code(rawValue: "ValueError")
    /// A value is of a wrong type.
    public static let attributeError = Code(rawValue: "AttributeError")

    private static let builtins: Set<Code> = [.typeError, .keyError, .valueError, .attributeError]

    private static let parents: [Code: [Code]] = [
      .imageNotFound: [.notFound], .taskNotFound: [.taskException, .notFound],
      .forbiddenPublicImage: [.forbidden],
      .invalidSortKey: [.invalid], .invalidFilterOperatorValue: [.invalid], .invalidFilterRangeValue: [.invalid],
      .invalidParameterValue: [.invalid],
      .metadefNamespaceNotFound: [.notFound], .metadefObjectNotFound: [.notFound],
      .metadefPropertyNotFound: [.notFound], .metadefTagNotFound: [.notFound],
      .metadefResourceTypeNotFound: [.notFound], .metadefResourceTypeAssociationNotFound: [.notFound],
      .metadefDuplicateNamespace: [.duplicate], .metadefDuplicateObject: [.duplicate],
      .metadefDuplicateProperty: [.duplicate], .metadefDuplicateTag: [.duplicate],
      .metadefDuplicateResourceType: [.duplicate], .metadefDuplicateResourceTypeAssociation: [.duplicate],
      .metadefForbidden: [.forbidden], .metadefIntegrityError: [.forbidden],
      .protectedMetadefResourceTypeSystemDelete: [.forbidden],
    ]
  }
}
