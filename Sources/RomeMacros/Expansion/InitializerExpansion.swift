// SPDX-License-Identifier: Apache-2.0

/// Writes the initialiser with a parameter for each column and each to-one relationship.
struct InitializerExpansion {
  let model: EntityModel

  /// The initialiser; nil when the class has one with the same labels.
  var declaration: String? {
    let columns = model.columns.enumerated().filter { !$0.element.isMixin && !isHidden($0.element) }
    let relationships = model.relationships.filter { $0.kind == .toOne && !isPrivate($0.access) }
    let labels = columns.map(\.element.property) + relationships.map(\.property)
    if model.initializers.contains(labels) { return nil }
    let parameters =
      columns.map { "\($0.element.property): \($0.element.type)\(defaultValue(of: $0.element, at: $0.offset))" }
      + relationships.map { "\($0.property): \($0.target)? = nil" }
    let assignments =
      columns.map { "  self.\($0.element.property) = \($0.element.property)" }
      + relationships.map { relationship in
        let name = relationship.property
        return "  if let \(name) {\n    entityState.assign(\(model.name).\(name), \(name))\n  }"
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

  /// A literal stands in the parameter itself. Other defaults are asked of the schema, because they may name what the callers
  /// of a public initialiser can't see.
  private func defaultValue(of column: ColumnModel, at position: Int) -> String {
    switch column.initialValue {
    case .literal(let text): " = \(text)"
    case .constant, .computed: " = \(model.name).schema.defaultValue(\(position))"
    case .none: column.isOptional ? " = nil" : ""
    }
  }
}
