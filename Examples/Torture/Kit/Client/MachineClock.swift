// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The clock that all processes of a machine share, and that nobody can set.
enum MachineClock {
  /// The nanoseconds since the machine was started.
  static var now: Int {
    var time = timespec()
    #if os(Linux)
      clock_gettime(CLOCK_BOOTTIME, &time)
    #else
      clock_gettime(CLOCK_MONOTONIC, &time)
    #endif
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
