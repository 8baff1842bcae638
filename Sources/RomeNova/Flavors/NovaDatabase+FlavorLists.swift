// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The flavors that the caller may use and that pass filters, sorted by a column and then by number.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - inactive: Whether to list deleted flavors, too.
  ///   - filters: Which flavors.
  ///   - sortKey: The name of the column to sort by.
  ///   - sortDirection: Its direction, and that of the numbers.
  ///   - limit: How many at most; nil for all.
  ///   - marker: The identifier of the last flavor of the page before.
  /// - Throws: ``NovaError/Code/markerNotFound``, ``NovaError/Code/invalidSortKey``, and ``NovaError/Code/forbidden`` for a
  ///   caller who is neither an administrator nor a user of a project.
  public func flavorGetAll(
    _ context: NovaContext, inactive: Bool = false, filters: FlavorFilters? = nil, sortKey: String = "flavorid",
    sortDirection: SortDirection = .ascending, limit: Int? = nil, marker: String? = nil
  ) async throws(NovaError) -> [NovaFlavor] {
    try context.require()
    return try await reading(context) { call in
      let visible = call.flavors(readDeleted: inactive ? .yes : .no)
      let sorting = try NovaSorting([sortKey], [sortDirection], completedBy: ["id"], fallback: .ascending)
      var flavors = try call.conditions(filters ?? FlavorFilters()).reduce(visible) { $0.filter($1) }
        .sorted(by: sorting).limit(limit)
      if let marker {
        guard let last = try await visible.filter(InstanceTypes.flavorid == marker).byKey().first() else {
          throw NovaError(.markerNotFound, ["marker": .string(marker)])
        }
        flavors = flavors.after(last)
      }
      return try await call.load(try await flavors.all())
    }
  }
}

extension NovaCall {
  /// The conditions of filters.
  fileprivate func conditions(_ filters: FlavorFilters) -> [Condition] {
    var conditions: [Condition] = []
    if let minimum = filters.minMemoryMB { conditions.append(InstanceTypes.memoryMB >= minimum) }
    if let minimum = filters.minRootGB { conditions.append(InstanceTypes.rootGB >= minimum) }
    if let disabled = filters.disabled { conditions.append(InstanceTypes.disabled == disabled) }
    if let isPublic = filters.isPublic {
      let hasWish = InstanceTypes.isPublic == isPublic
      conditions.append(isPublic && context.projectID != nil ? hasWish || isOwnFlavor : hasWish)
    }
    return conditions
  }
}
