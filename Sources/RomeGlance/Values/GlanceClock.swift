// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// What time it is: microseconds that never repeat within a process, so that a row which is changed at once after it was
/// made is changed later than it was made.
public final class GlanceClock: Sendable {
  private let last = Mutex<Int64>(.min)
  private let read: @Sendable () -> GlanceTime

  /// The clock of the machine, which all databases of a process share.
  public static let system = GlanceClock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return GlanceTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }

  /// Makes a clock.
  ///
  /// - Parameter read: Gives the time. Where it stands still or goes back, the clock goes on by a microsecond.
  public init(_ read: @escaping @Sendable () -> GlanceTime) {
    self.read = read
  }

  /// The time, later than all that the clock has given before.
  public func now() -> GlanceTime {
    let time = read().microseconds
    return last.withLock { last in
      last = time > last ? time : last + 1
      return GlanceTime(microseconds: last)
    }
  }
}
