// SPDX-License-Identifier: Apache-2.0

/// A unit of work.
public final class RomeSession {
  /// The store that the session works on.
  public let store: any Store

  /// Makes a session on a store.
  public init(_ store: any Store) {
    self.store = store
  }

  func didChange(_ entity: any Entity) {}
}
