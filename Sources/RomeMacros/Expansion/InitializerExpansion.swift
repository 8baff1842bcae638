// SPDX-License-Identifier: Apache-2.0

/// Writes the initialisers with a parameter for each column and each to-one relationship.
struct InitializerExpansion {
  let model: EntityModel

  private typealias Positioned = (offset: Int, element: ColumnModel)

  /// The initialiser with all columns, and one in which to-one relationships stand for the columns that must have a value;
  /// without those whose labels an initialiser of the class has.
  var declarations: [String] {
    let columns = model.columns.enumerated().filter { !$0.element.isMixin && !isHidden($0.element) }
    let relationships = model.relationships.filter { $0.kind == .toOne && !isPrivate($0.access) }
    let needed = columns.filter { !$0.element.canBeOmitted }.map(\.element.plainName)
    let required = relationships.filter { relationship in
      relationship.paths.contains { needed.contains($0.property) }
    }
    let replaced = Set(required.flatMap(\.paths).map(\.property)).intersection(needed)
    var declarations = [declaration(columns, replaced: [], relationships, required: [])]
    if !required.isEmpty {
      declarations.append(
        declaration(columns, replaced: replaced, relationships, required: Set(required.map(\.property))))
    }
    return declarations.compactMap(\.self)
  }

  private func declaration(
    _ columns: [Positioned], replaced: Set<String>, _ relationships: [RelationshipModel], required: Set<String>
  ) -> String? {
    let given = columns.filter { !replaced.contains($0.element.plainName) }
    let labels = given.map(\.element.property) + relationships.map(\.property)
    if model.initializers.contains(labels) { return nil }
    let parameters =
      given.map { "\($0.element.property): \($0.element.type)\(defaultValue(of: $0.element, at: $0.offset))" }
      + relationships.map { relationship in
        "\(relationship.property): \(relationship.target)" + (required.contains(relationship.property) ? "" : "? = nil")
      }
    let assignments =
      columns.map { position, column in
        replaced.contains(column.plainName)
          ? "  entityState.reserve(\(position))" : "  self.\(column.property) = \(column.property)"
      }
      + relationships.map { relationship in
        let name = relationship.property
        let assignment = "entityState.assign(\(model.name).\(name), \(name))"
        return required.contains(name) ? "  \(assignment)" : "  if let \(name) {\n    \(assignment)\n  }"
      }
    let levels = columns.map { $0.element.access ?? .internal } + relationships.map { $0.access ?? .internal }
    // What a private property needs, its class has at hand in the same file.
    let level = max(.fileprivate, min(model.access, levels.min() ?? model.access))
    return """
      \(level.prefix)init(
        \(parameters.joined(separator: ",\n  "))
      ) {
        entityState = Rome.EntityState(of: \(model.name).self)
      \(assignments.joined(separator: "\n"))
      }
      """
  }

  private func isPrivate(_ access: AccessLevel?) -> Bool {
    access.map { $0 <= .fileprivate } ?? false
  }

  private func isHidden(_ column: ColumnModel) -> Bool {
    isPrivate(column.access) && column.canBeOmitted
  }

  /// A literal stands in the parameter itself. Other defaults are asked of the schema, because they may name what the
  /// callers of a public initialiser can't see.
  private func defaultValue(of column: ColumnModel, at position: Int) -> String {
    switch column.initialValue {
    case .literal(let text): " = \(text)"
    case .constant, .computed: " = \(model.name).schema.defaultValue(\(position))"
    case .none: column.isOptional ? " = nil" : ""
    }
  }
}
