// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The instances that filters leave, sorted by one column: ``instanceGetAllByFiltersSort(_:filters:limit:marker:joins:sortKeys:sortDirections:)``
  /// with one key.
  ///
  /// - Throws: As that.
  public func instanceGetAllByFilters(
    _ context: NovaContext, filters: InstanceFilters, sortKey: String = "created_at",
    sortDirection: SortDirection = .descending, limit: Int? = nil, marker: String? = nil,
    joins: InstanceJoins? = nil
  ) async throws(NovaError) -> [NovaRow<Instance>] {
    try await instanceGetAllByFiltersSort(
      context, filters: filters, limit: limit, marker: marker, joins: joins, sortKeys: [sortKey],
      sortDirections: [sortDirection])
  }

  /// The instances that filters leave, a page of them.
  ///
  /// A page costs what is on it, not what the list is long, where the filters name the project or the host, and whether
  /// deleted instances are wanted, and the list is sorted by the time of creation.
  ///
  /// - Parameters:
  ///   - context: Who calls. A user sees what is of his project; soft deletion is a matter of the filters alone.
  ///   - filters: Which instances.
  ///   - limit: How many at most; nil for all.
  ///   - marker: The UUID of the instance behind which the page begins; it may be deleted by now, and need not be in the
  ///     list itself.
  ///   - joins: What is loaded with them; nil for the info cache, the security groups, and the metadata.
  ///   - sortKeys: The names of the columns that the list is sorted by. The time of creation and the number follow.
  ///   - sortDirections: Their directions. Those that are missing are that of the first one; without any, all descend.
  /// - Throws: ``NovaError/Code/forbidden`` for callers who are nobody, ``NovaError/Code/markerNotFound``,
  ///   ``NovaError/Code/invalidSortKey`` for a column that there is not, and ``NovaError/Code/invalidInput`` for more
  ///   directions than keys; ``NovaError/Code/dbError`` for a malformed pattern.
  public func instanceGetAllByFiltersSort(
    _ context: NovaContext, filters: InstanceFilters, limit: Int? = nil, marker: String? = nil,
    joins: InstanceJoins? = nil, sortKeys: [String]? = nil, sortDirections: [SortDirection]? = nil
  ) async throws(NovaError) -> [NovaRow<Instance>] {
    try context.require()
    if limit == 0 { return [] }
    let order = try NovaSorting(sortKeys ?? [], sortDirections ?? [], fallback: .descending)
    return try await reading(context) { call in
      let found = try await call.instances(filters, order, limit: limit, after: marker).all()
      return try await call.filled(found, joins)
    }
  }

  /// The UUID of the first instance that comes at or behind a place in an order, deleted ones too; nil when there is none.
  /// Nova has it since Pike: it is how a page goes on where its marker is an instance of another cell.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - sortKeys: The names of the columns that the order is by. The number is unique, so what follows it means nothing.
  ///   - sortDirections: Their directions.
  ///   - values: The place: a value of each column, in which nil comes before all others.
  /// - Throws: ``NovaError/Code/forbidden`` for callers who are nobody; ``NovaError/Code/invalidSortKey`` for a column that
  ///   there is not; ``NovaError/Code/dbError`` for a value that is none of its column.
  public func instanceGetBySortFilters(
    _ context: NovaContext, sortKeys: [String], sortDirections: [SortDirection], values: [NovaField]
  ) async throws(NovaError) -> String? {
    try context.require()
    return try await reading(context) { call in
      let place = Instance(entityState: EntityState(of: Instance.self))
      var query = call.session.query(Instance.self, readDeleted: .yes)
      var isDescending = false
      var id: Int?
      for (name, (direction, value)) in zip(sortKeys, zip(sortDirections, values)) {
        guard let position = Instance.schema.position(of: name), Instance.schema.columns[position].name == name else {
          throw NovaError(.invalidSortKey)
        }
        isDescending = direction == .descending
        if name == "id" {
          if case .int(let number) = value { id = Int(clamping: number) }
          break
        }
        query = query.order(by: name, descending: isDescending)
        try place.set(value.stored(as: Instance.schema.columns[position].type), of: name)
      }
      // A page begins behind its marker: the one before the number is the place of the number itself.
      place.id = isDescending ? id.map { $0 + 1 } ?? .max : id.map { $0 - 1 } ?? .min
      return try await query.order(by: "id", descending: isDescending).after(place).first()?.uuid
    }
  }
}

extension NovaCall {
  /// The query of the instances that filters leave, in an order, behind a marker.
  func instances(
    _ filters: InstanceFilters, _ order: NovaSorting, limit: Int?, after marker: String?
  ) async throws -> RomeQuery<Instance> {
    let conditions = filters.limited(to: context).conditions(readDeleted: context.readDeleted)
    let all = session.query(Instance.self, readDeleted: .yes)
    var found = try conditions.reduce(all) { $0.filter($1) }.sorted(by: order)
    if let marker { found = found.after(try await self.marker(marker)) }
    return found.limit(limit)
  }

  /// The instance behind which a page begins, whoever's it is, a deleted one too.
  func marker(_ uuid: String) async throws -> Instance {
    let marker = try await session.query(Instance.self, readDeleted: .yes).filter(Instance.uuid == uuid).first()
    guard let marker else { throw NovaError(.markerNotFound, ["marker": .string(uuid)]) }
    return marker
  }

  /// Instances as listings answer them.
  func filled(_ instances: [Instance], _ joins: InstanceJoins?) async throws -> [NovaRow<Instance>] {
    var rows = instances.map { NovaRow($0) }
    try await fill(joins ?? .listing, into: &rows)
    return rows
  }
}

extension NovaField {
  /// The value as a column of a type stores it.
  ///
  /// - Throws: ``NovaError/Code/dbError`` when it is none of the type.
  fileprivate func stored(as type: ColumnType) throws(NovaError) -> Rome.Value {
    switch (self, type) {
    case (.null, _): return .null
    case (.bool(let value), .bool): return .bool(value)
    case (.int(let number), .bool): return .bool(number != 0)
    case (.int(let number), .int): return .int(number)
    case (.string(let text), .string): return .string(text)
    case (.date(let time), .date): return time.value
    default: throw NovaError(.dbError, detail: "a value is none of the type of its column")
    }
  }
}
