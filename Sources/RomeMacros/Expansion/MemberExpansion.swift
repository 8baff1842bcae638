// SPDX-License-Identifier: Apache-2.0

/// Writes the members of an entity.
struct MemberExpansion {
  let model: EntityModel

  /// What members have that must be as visible as the class.
  private var access: String { model.access < .package ? "" : model.access.prefix }

  var members: [String] {
    var members = [
      "\(access)static var tableName: Swift.String { \(model.table) }",
      "\(access)static let schema = \(SchemaExpansion(model: model).expression)",
    ]
    members += Self.stateMembers(access: access)
    members += InitializerExpansion(model: model).declarations
    for (position, column) in model.columns.enumerated() {
      if column.isMixin { members.append(mixinProperty(column, position)) }
      members.append(
        "\(staticAccess(column.access, isMixin: column.isMixin))static var \(column.property): "
          + "Rome.Column<\(model.name), \(column.type)> { .init(\(position)) }")
    }
    return members + model.relationships.map(staticRelationship)
  }

  /// The property of the state, and the initialiser that takes one.
  static func stateMembers(access: String) -> [String] {
    [
      "\(access)let entityState: Rome.EntityState",
      "\(access)init(entityState: Rome.EntityState) {\n  self.entityState = entityState\n}",
    ]
  }

  /// A static member is as visible as its property.
  private func staticAccess(_ level: AccessLevel?, isMixin: Bool = false) -> String {
    isMixin ? access : level?.prefix ?? ""
  }

  private func mixinProperty(_ column: ColumnModel, _ position: Int) -> String {
    let accessors = ColumnAccessorMacro.accessors(String(position)).map { "  " + $0 }.joined(separator: "\n")
    return "\(access)var \(column.property): \(column.type) {\n\(accessors)\n}"
  }

  private func staticRelationship(_ relationship: RelationshipModel) -> String {
    let paths = relationship.paths.map { path in
      (relationship.kind == .toOne ? model.name : path.root) + "." + path.property
    }
    let arguments =
      relationship.kind == .manyToMany || paths.count == 1
      ? paths.joined(separator: ", ") : "columns: [" + paths.map { $0 + ".name" }.joined(separator: ", ") + "]"
    return "\(staticAccess(relationship.access))static var \(relationship.property): Rome.\(relationship.kind.rawValue)"
      + "<\(model.name), \(relationship.target)> { .init(\"\(relationship.plainName)\", \(arguments)) }"
  }
}
