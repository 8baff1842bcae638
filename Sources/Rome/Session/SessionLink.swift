// SPDX-License-Identifier: Apache-2.0

/// What leads to a session without keeping it alive. All entities that the session holds share one link, so only those pay for
/// a weak reference that need it.
final class SessionLink {
  /// The session, while it lives.
  private(set) weak var session: RomeSession?

  init(_ session: RomeSession) {
    self.session = session
  }
}
