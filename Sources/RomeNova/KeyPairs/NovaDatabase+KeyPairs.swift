// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds a key pair. Of two callers who add one of the same user and name, one gets it and the other an error.
  ///
  /// - Throws: ``NovaError/Code/keyPairExists``, and ``NovaError/Code/forbidden`` for a caller without a project.
  public func keyPairCreate(
    _ context: NovaContext, values: NovaValues<KeyPair>
  ) async throws(NovaError) -> NovaRow<KeyPair> {
    try context.require()
    return try await transaction(context) { error in
      error.isDuplicate(in: KeyPair.self) ? NovaError(.keyPairExists, ["key_name": .string(values.name)]) : nil
    } _: { call in
      NovaRow(try await call.insert(values))
    }
  }

  /// Soft-deletes a key pair.
  ///
  /// - Throws: ``NovaError/Code/keypairNotFound``, and ``NovaError/Code/forbidden`` for a caller without a project.
  public func keyPairDestroy(_ context: NovaContext, userID: String, name: String) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      let found = call.query(KeyPair.self).filter(KeyPair.userID == userID, KeyPair.name == name)
      guard try await found.softDelete() > 0 else { throw NovaError(noKeyPair: name, of: userID) }
    }
  }

  /// A key pair of a user by its name.
  ///
  /// - Throws: ``NovaError/Code/keypairNotFound``, and ``NovaError/Code/forbidden`` for a caller without a project.
  public func keyPairGet(
    _ context: NovaContext, userID: String, name: String
  ) async throws(NovaError) -> NovaRow<KeyPair> {
    try context.require()
    return try await reading(context) { call in
      let found = call.query(KeyPair.self).filter(KeyPair.userID == userID, KeyPair.name == name)
      // Of a live one and deleted ones of that name, the live one.
      guard let keyPair = try await found.order(by: KeyPair.deleted).rows().first else {
        throw NovaError(noKeyPair: name, of: userID)
      }
      return keyPair
    }
  }

  /// The live key pairs of a user by name, or a page of them. Mitaka has no pages.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - userID: The user.
  ///   - limit: How many key pairs at most; nil for all.
  ///   - marker: The name of the key pair that the page begins behind; nil for the first page.
  /// - Throws: ``NovaError/Code/markerNotFound`` when the user has no live key pair of the marker's name, and
  ///   ``NovaError/Code/forbidden`` for a caller without a project.
  public func keyPairGetAllByUser(
    _ context: NovaContext, userID: String, limit: Int? = nil, marker: String? = nil
  ) async throws(NovaError) -> [NovaRow<KeyPair>] {
    try context.require()
    return try await reading(context) { call in
      let all = call.query(KeyPair.self, readDeleted: .no).filter(KeyPair.userID == userID)
      var page = all.order(by: KeyPair.name).limit(limit)
      if let marker {
        guard let last = try await all.filter(KeyPair.name == marker).first() else {
          throw NovaError(.markerNotFound, ["marker": .string(marker)])
        }
        page = page.after(last)
      }
      return try await page.all().map { NovaRow($0) }
    }
  }

  /// How many live key pairs a user has.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func keyPairCountByUser(_ context: NovaContext, userID: String) async throws(NovaError) -> Int {
    try context.require()
    return try await reading(context) { call in
      try await call.query(KeyPair.self, readDeleted: .no).filter(KeyPair.userID == userID).count()
    }
  }
}

extension NovaError {
  fileprivate init(noKeyPair name: String, of userID: String) {
    self.init(.keypairNotFound, ["user_id": .string(userID), "name": .string(name)])
  }
}
