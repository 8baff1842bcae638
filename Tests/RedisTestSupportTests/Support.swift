// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Testing

/// Waits until something is so that nothing tells of: the state of another process, or of the file system.
func eventually(
  _ comment: Comment, within time: Duration = .seconds(20), sourceLocation: SourceLocation = #_sourceLocation,
  _ condition: () throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + time
  while try !condition() {
    guard ContinuousClock.now < deadline else {
      Issue.record(comment, sourceLocation: sourceLocation)
      return
    }
    try await Task.sleep(for: .milliseconds(2))
  }
}
