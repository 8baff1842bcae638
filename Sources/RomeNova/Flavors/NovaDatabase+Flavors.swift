// SPDX-License-Identifier: Apache-2.0

public import Rome

extension NovaDatabase {
  /// Adds a flavor with its extra specs and the projects that may use it. Of two callers who add the same one, one gets it
  /// and the other an error.
  ///
  /// - Throws: ``NovaError/Code/flavorIDExists`` and ``NovaError/Code/flavorExists`` when a live flavor has the identifier or
  ///   the name.
  public func flavorCreate(
    _ context: NovaContext, flavor: FlavorValues, projects: [String]? = nil
  ) async throws(NovaError) -> NovaFlavor {
    try await transaction(context) { error in
      guard let columns = error.duplicateColumns(in: InstanceTypes.self) else { return nil }
      return columns.contains("flavorid")
        ? NovaError(.flavorIDExists, ["flavor_id": NovaField(flavor.values.flavorid)])
        : NovaError(.flavorExists, ["name": NovaField(flavor.values.name)])
    } _: { call in
      let row = try await call.insert(flavor.values)
      guard let id = row.id else { throw NovaError(.dbError, detail: "a flavor got no number") }
      for (key, value) in flavor.extraSpecs.sorted(by: { $0.key < $1.key }) { try call.makeSpec(key, value, of: id) }
      for project in Set(projects ?? []).sorted() {
        try call.make(
          NovaValues<InstanceTypeProjects> {
            $0.instanceTypeID = id
            $0.projectID = project
          })
      }
      try await call.session.flush()
      return try await call.load([row])[0]
    }
  }

  /// A flavor by its number, of those that the caller may use.
  ///
  /// - Throws: ``NovaError/Code/flavorNotFound``, and ``NovaError/Code/forbidden`` for a caller who is neither an administrator
  ///   nor a user of a project.
  public func flavorGet(_ context: NovaContext, id: Int) async throws(NovaError) -> NovaFlavor {
    try context.require()
    return try await reading(context) { call in
      guard let flavor = try await call.flavor(call.flavors().filter(InstanceTypes.id == id)) else {
        throw NovaError(.flavorNotFound, ["flavor_id": NovaField(id)])
      }
      return flavor
    }
  }

  /// A flavor by its name, of those that the caller may use.
  ///
  /// - Throws: ``NovaError/Code/flavorNotFoundByName``, and ``NovaError/Code/forbidden`` for a caller who is neither an
  ///   administrator nor a user of a project.
  public func flavorGetByName(_ context: NovaContext, name: String) async throws(NovaError) -> NovaFlavor {
    try context.require()
    return try await reading(context) { call in
      guard let flavor = try await call.flavor(call.flavors().filter(InstanceTypes.name == name).byKey()) else {
        throw NovaError(.flavorNotFoundByName, ["flavor_name": .string(name)])
      }
      return flavor
    }
  }

  /// A flavor by its identifier, of those that the caller may use: the live one before deleted ones.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - flavorID: The identifier.
  ///   - readDeleted: Whether deleted flavors are seen; nil leaves it to the context.
  /// - Throws: ``NovaError/Code/flavorNotFound``, and ``NovaError/Code/forbidden`` for a caller who is neither an administrator
  ///   nor a user of a project.
  public func flavorGetByFlavorID(
    _ context: NovaContext, flavorID: String, readDeleted: ReadDeleted? = nil
  ) async throws(NovaError) -> NovaFlavor {
    try context.require()
    return try await reading(context) { call in
      let found = call.flavors(readDeleted: readDeleted).filter(InstanceTypes.flavorid == flavorID)
        .order(by: InstanceTypes.deleted, InstanceTypes.id)
      guard let flavor = try await call.flavor(found) else {
        throw NovaError(.flavorNotFound, ["flavor_id": .string(flavorID)])
      }
      return flavor
    }
  }

  /// Soft-deletes a flavor with its extra specs and the rights to use it.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - flavor: The identifier of the flavor; in Mitaka its name.
  /// - Throws: ``NovaError/Code/flavorNotFound``, in Mitaka ``NovaError/Code/flavorNotFoundByName``.
  public func flavorDestroy(_ context: NovaContext, flavor: String) async throws(NovaError) {
    try await transaction(context) { call in
      let byName = call.options.release == .mitaka
      let found = call.query(InstanceTypes.self, readDeleted: .no)
        .filter(byName ? InstanceTypes.name == flavor : InstanceTypes.flavorid == flavor)
      guard let row = try await found.first(), let id = row.id else {
        throw byName
          ? NovaError(.flavorNotFoundByName, ["flavor_name": .string(flavor)])
          : NovaError(.flavorNotFound, ["flavor_id": .string(flavor)])
      }
      try call.session.softDelete(row)
      try await call.query(InstanceTypeExtraSpecs.self, readDeleted: .no)
        .filter(InstanceTypeExtraSpecs.instanceTypeID == id).softDelete()
      try await call.query(InstanceTypeProjects.self, readDeleted: .no)
        .filter(InstanceTypeProjects.instanceTypeID == id).softDelete()
    }
  }
}
