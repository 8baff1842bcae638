// SPDX-License-Identifier: Apache-2.0

extension RelationshipPath {
  /// A source on the path, and how it is connected to those before it.
  struct Step {
    let source: SourceID
    let conditions: [ExpressionNode]
  }

  /// The sources on the way, the target last.
  ///
  /// - Throws: ``RomeError/Code/invalidSchema`` when columns and keys do not fit, ``RomeError/Code/invalidQuery`` when the
  ///   target is the owner itself.
  func steps(from owner: SourceID, to target: SourceID) throws(RomeError) -> [Step] {
    if owner == target {
      throw RomeError(
        .invalidQuery, "relationship '\(name)' leads to its own table: give the target an alias",
        entity: owner.schema.table)
    }
    switch kind {
    case .toOne(let columns):
      return [Step(source: target, conditions: try Self.equalities(columns, of: owner, to: target))]
    case .toMany(let columns):
      return [Step(source: target, conditions: try Self.equalities(columns, of: target, to: owner))]
    case .through(let schema, let ownerColumns, let targetColumns):
      let link = SourceID(schema, alias: "\(owner.name).\(name).\(target.name)")
      return [
        Step(source: link, conditions: try Self.equalities(ownerColumns, of: link, to: owner)),
        Step(source: target, conditions: try Self.equalities(targetColumns, of: link, to: target)),
      ]
    }
  }

  /// The columns of one source, which refer to another one, equal those that they refer to.
  private static func equalities(
    _ names: [String], of referring: SourceID, to referred: SourceID
  )
    throws(RomeError) -> [ExpressionNode]
  {
    let columns = names.compactMap { referring.schema.position(of: $0) }
    let keys = try referring.schema.targetColumns(of: columns, in: referred.schema)
    return zip(columns, keys).map { .comparison(.equal, .column(referring, $0), .column(referred, $1)) }
  }
}
