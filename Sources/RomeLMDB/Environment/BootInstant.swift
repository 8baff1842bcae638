// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

/// A point in time since the machine was started, in nanoseconds: the clock that all processes on a machine share, which nobody
/// can set.
struct BootInstant: LeaseInstant {
  let nanoseconds: Int64

  /// The time now. It goes on while the machine sleeps.
  static var now: BootInstant {
    var time = timespec()
    #if os(Linux)
      clock_gettime(CLOCK_BOOTTIME, &time)
    #else
      clock_gettime(CLOCK_MONOTONIC, &time)
    #endif
    return BootInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  static func < (left: BootInstant, right: BootInstant) -> Bool { left.nanoseconds < right.nanoseconds }

  func advanced(byAtMost duration: Duration) -> BootInstant {
    let (seconds, attoseconds) = max(.zero, min(duration, .seconds(1 << 31))).components
    let rounded = seconds * 1_000_000_000 + (attoseconds + 999_999_999) / 1_000_000_000
    return BootInstant(nanoseconds: nanoseconds + rounded)
  }

  func duration(to other: BootInstant) -> Duration { .nanoseconds(other.nanoseconds - nanoseconds) }

  /// What tells one start of the machine from another; empty where the system does not say.
  static let bootID: [UInt8] = {
    #if os(Linux)
      let path = "/proc/sys/kernel/random/boot_id"
      return (try? String(contentsOfFile: path, encoding: .utf8)).map { Array($0.utf8.filter { $0 > 0x20 }) } ?? []
    #else
      var size = 0
      guard sysctlbyname("kern.bootsessionuuid", nil, &size, nil, 0) == 0 else { return [] }
      var bytes = [UInt8](repeating: 0, count: size)
      guard sysctlbyname("kern.bootsessionuuid", &bytes, &size, nil, 0) == 0 else { return [] }
      return bytes.filter { $0 > 0x20 }
    #endif
  }()
}
