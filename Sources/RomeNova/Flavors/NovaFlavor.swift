// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A flavor with its extra specs.
@dynamicMemberLookup
public struct NovaFlavor: Sendable {
  /// The row of the flavor; its columns are members of the flavor, too.
  public let row: NovaRow<InstanceTypes>
  /// What a host must have for the flavor, and how it treats its instances, by key.
  public let extraSpecs: [String: String?]

  /// Makes a flavor of a row that its extra specs were loaded into.
  init(_ row: NovaRow<InstanceTypes>) {
    self.row = row
    let specs = row[InstanceTypes.extraSpecs] ?? []
    extraSpecs = Dictionary(
      specs.compactMap { spec in spec.key.map { ($0, spec.value) } }, uniquingKeysWith: { first, _ in first })
  }

  /// The value of a column.
  public subscript<T: ColumnValue>(dynamicMember column: KeyPath<InstanceTypes.Type, Column<InstanceTypes, T>>) -> T {
    row[dynamicMember: column]
  }
}

extension NovaCall {
  /// The flavors that the caller may use: a user sees public ones, and those that his project has the right to use.
  func flavors(readDeleted: ReadDeleted? = nil) -> RomeQuery<InstanceTypes> {
    let flavors = query(InstanceTypes.self, readDeleted: readDeleted)
    return context.isAdmin ? flavors : flavors.filter(InstanceTypes.isPublic == true || isOwnFlavor)
  }

  /// Whether the project of the caller has a right of its own to use a flavor.
  var isOwnFlavor: Condition {
    let own = session.select(InstanceTypeProjects.instanceTypeID).readDeleted(.no)
      .filter(InstanceTypeProjects.projectID == context.projectID)
    return InstanceTypes.id.in(own)
  }

  /// The first flavor of a query, with its extra specs.
  func flavor(_ flavors: RomeQuery<InstanceTypes>) async throws -> NovaFlavor? {
    guard let flavor = try await flavors.first() else { return nil }
    return try await load([flavor]).first
  }

  /// Flavors with their extra specs.
  func load(_ flavors: [InstanceTypes]) async throws -> [NovaFlavor] {
    var rows = flavors.map { NovaRow($0) }
    try await session.load(InstanceTypes.extraSpecs, into: &rows)
    return rows.map { NovaFlavor($0) }
  }

  /// The number of a live flavor, whoever may use it; nil when there is none.
  func numberOfFlavor(_ flavorID: String) async throws -> Int? {
    let numbers = query(InstanceTypes.self, readDeleted: .no).filter(InstanceTypes.flavorid == flavorID)
    return try await numbers.select(InstanceTypes.id).first() ?? nil
  }

  /// The number of a live flavor that must be there, whoever may use it.
  func requiredFlavor(_ flavorID: String) async throws -> Int {
    guard let number = try await numberOfFlavor(flavorID) else {
      throw NovaError(.flavorNotFound, ["flavor_id": .string(flavorID)])
    }
    return number
  }
}
