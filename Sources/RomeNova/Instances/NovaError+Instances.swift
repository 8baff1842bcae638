// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such instance: `instance_id`.
  public static let instanceNotFound = Self("InstanceNotFound", under: .notFound)
  /// Another instance has the host name: `name`.
  public static let instanceExists = Self("InstanceExists")
  /// The instance is not as the caller requires it.
  public static let constraintNotMet = Self("ConstraintNotMet")
  /// A column has not the value that the caller expected: `instance_uuid`, `expected`, `actual`.
  public static let instanceUpdateConflict = Self("InstanceUpdateConflict")
  /// Others kept changing the instance: `instance_uuid`.
  public static let unknownInstanceUpdateConflict = Self(
    "UnknownInstanceUpdateConflict", under: .instanceUpdateConflict)
  /// The task state is not the one that the caller expected: `instance_uuid`, `expected`, `actual`.
  public static let unexpectedTaskStateError = Self("UnexpectedTaskStateError", under: .instanceUpdateConflict)
  /// The instance is being deleted, which the caller did not expect: `instance_uuid`, `expected`, `actual`.
  public static let unexpectedDeletingTaskStateError = Self(
    "UnexpectedDeletingTaskStateError", under: .unexpectedTaskStateError)
}
