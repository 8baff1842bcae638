// SPDX-License-Identifier: Apache-2.0

import Rome

extension GlanceDatabase {
  /// Runs a call that changes rows: one serializable transaction, which is run again when somebody else was faster.
  ///
  /// - Parameters:
  ///   - translating: What a failure of Rome means for this call, such as that a name is in use; nil leaves it to the
  ///     general rule.
  ///   - body: The work.
  func transaction<Result>(
    translating: (RomeError) -> GlanceError? = { _ in nil }, _ body: (RomeSession) async throws -> Result
  ) async throws(GlanceError) -> Result {
    do {
      return try await RomeSession(store).transaction(retry: retry, body)
    } catch {
      if let error = error as? RomeError, let meaning = translating(error) { throw meaning }
      throw GlanceError(error)
    }
  }

  /// Runs a call that reads rows which must fit together, such as an image with its properties: it sees one state of the
  /// store. Where the store has no snapshots, that is proved by one more round trip.
  func reading<Result>(_ body: (RomeSession) async throws -> Result) async throws(GlanceError) -> Result {
    try await transaction(body)
  }

  /// Runs a call that reads many rows. It sees one state of the store where the store has snapshots; elsewhere each of its
  /// queries sees the newest state, because to prove that nobody has changed a large range while it was read would make
  /// listings fail when they are needed most.
  func listing<Result>(_ body: (RomeSession) async throws -> Result) async throws(GlanceError) -> Result {
    let store = store
    do {
      let isolation = store.capabilities.snapshotReads ? Isolation.snapshot : .readCommitted
      return try await RomeSession(store).transaction(isolation: isolation, retry: retry, body)
    } catch {
      throw GlanceError(error)
    }
  }
}
