// SPDX-License-Identifier: Apache-2.0

import Rome

/// What objects, properties and tags have in common: each is a row of a namespace, with a name that is unique in it.
protocol MetadefChild: Entity {
  /// What Glance's functions answer of a row.
  associatedtype Record: Sendable

  static var id: Column<Self, Int?> { get }
  static var namespaceID: Column<Self, Int> { get }
  static var name: Column<Self, String> { get }

  var id: Int? { get set }
  var namespaceID: Int { get set }
  var name: String { get set }
  var updatedAt: GlanceTime { get set }

  /// What Glance's functions answer of the row, which is stored or flushed.
  var record: Record { get }

  /// The error of a row that there is not.
  static var notFound: GlanceError.Code { get }
  /// The error of a name that is in use.
  static var duplicate: GlanceError.Code { get }
  /// What people call such a row.
  static var noun: String { get }

  /// Makes a row without values but the name.
  static func make(namespaceID: Int, name: String, at time: GlanceTime) -> Self

  /// Sets the columns that are not common to all three, of those that the values name.
  ///
  /// - Throws: `rpc` for values of a wrong type, and null where a value is required.
  func setColumns(_ values: [String: GlanceValue], isNew: Bool) throws(GlanceError)
}

extension MetadefChild {
  /// The row that a caller asks for by its name is not there.
  static func notFound(name: String, namespace: String) -> GlanceError {
    GlanceError(
      notFound, "The metadata definition \(noun) with name=\(name) was not found in namespace=\(namespace).")
  }

  /// The row that a caller asks for by its number is not there.
  static func notFound(id: Int) -> GlanceError {
    GlanceError(notFound, "Metadata definition \(noun) not found for id=\(id)")
  }

  /// The name is in use.
  static func duplicate(name: String, namespace: String) -> GlanceError {
    GlanceError(duplicate, "A metadata definition \(noun) with name=\(name) already exists in namespace=\(namespace).")
  }

  /// What it means for a change of a row that the store refuses it.
  static func meaning(_ error: RomeError, name: String, namespace: String) -> GlanceError? {
    error.isTaken(in: self) ? duplicate(name: name, namespace: namespace) : nil
  }
}

extension MetadefObject: MetadefChild {
  var record: MetadefObjectRecord { MetadefObjectRecord(self) }
  static var notFound: GlanceError.Code { .metadefObjectNotFound }
  static var duplicate: GlanceError.Code { .metadefDuplicateObject }
  static var noun: String { "object" }

  static func make(namespaceID: Int, name: String, at time: GlanceTime) -> MetadefObject {
    MetadefObject(namespaceID: namespaceID, name: name, createdAt: time, updatedAt: time)
  }

  func setColumns(_ values: [String: GlanceValue], isNew: Bool) throws(GlanceError) {
    if let value = values["description"] { description = try value.text("description") }
    if let value = values["required"] { required = try value.text("required") }
    if let found = try namedSchema(in: values, isNew: isNew) { jsonSchema = found }
  }
}

extension MetadefProperty: MetadefChild {
  var record: MetadefPropertyRecord { MetadefPropertyRecord(self) }
  static var notFound: GlanceError.Code { .metadefPropertyNotFound }
  static var duplicate: GlanceError.Code { .metadefDuplicateProperty }
  static var noun: String { "property" }

  static func make(namespaceID: Int, name: String, at time: GlanceTime) -> MetadefProperty {
    MetadefProperty(namespaceID: namespaceID, name: name, createdAt: time, updatedAt: time)
  }

  func setColumns(_ values: [String: GlanceValue], isNew: Bool) throws(GlanceError) {
    if let found = try namedSchema(in: values, isNew: isNew) { jsonSchema = found }
  }
}

extension MetadefTag: MetadefChild {
  var record: MetadefTagRecord { MetadefTagRecord(self) }
  static var notFound: GlanceError.Code { .metadefTagNotFound }
  static var duplicate: GlanceError.Code { .metadefDuplicateTag }
  static var noun: String { "tag" }

  static func make(namespaceID: Int, name: String, at time: GlanceTime) -> MetadefTag {
    MetadefTag(namespaceID: namespaceID, name: name, createdAt: time, updatedAt: time)
  }

  func setColumns(_ values: [String: GlanceValue], isNew: Bool) throws(GlanceError) {}
}

/// The schema that values name, any JSON; nil when they name none. A new row takes null for its default.
private func namedSchema(in values: [String: GlanceValue], isNew: Bool) throws(GlanceError) -> JSON<GlanceValue>? {
  guard let value = values["json_schema"] else { return nil }
  if !value.isNull { return JSON(value) }
  if isNew { return nil }
  throw GlanceError(.rpc, "'json_schema' is required")
}
