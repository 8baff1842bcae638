// SPDX-License-Identifier: Apache-2.0

import Rome

/// How long a read or a commit waits for others to end, when another process has let the file grow beyond what is mapped.
enum GrowthPatience {
  /// How often it is tried.
  static let attempts = 2000
  /// The pause between two attempts.
  static let pause = Duration.milliseconds(1)
  /// The pause between two attempts, in seconds.
  static let seconds = 0.001

  static let error = StoreError(
    .unavailable,
    "another process let the file grow; this one follows when all snapshots are gone that were taken before")
}
