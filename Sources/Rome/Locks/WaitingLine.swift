// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// The tasks of one process that want the same locks, each lock's in the order in which they came. Only the first of a
/// line asks the store, so that any number of them is one that asks.
final class WaitingLine: Sendable {
  /// The place of one task.
  final class Place: Sendable {
    /// Raised when the task became the first of its line, and when the process has released the lock.
    let signal = Signal()
  }

  private let lines = Mutex<[String: [Place]]>([:])

  /// Takes the last place of a lock's line.
  func enter(_ name: String) -> Place {
    let place = Place()
    lines.withLock { $0[name, default: []].append(place) }
    return place
  }

  /// Takes the first place of a lock's line, when nobody stands there.
  func enterIfEmpty(_ name: String) -> Place? {
    lines.withLock { lines in
      guard lines[name] == nil else { return nil }
      let place = Place()
      lines[name] = [place]
      return place
    }
  }

  /// Whether the place is the first of the line.
  func isFirst(_ place: Place, _ name: String) -> Bool {
    lines.withLock { $0[name]?.first === place }
  }

  /// Gives up a place. Who becomes the first by it is woken.
  func leave(_ place: Place, _ name: String) {
    let next = lines.withLock { lines -> Place? in
      guard let position = lines[name]?.firstIndex(where: { $0 === place }) else { return nil }
      lines[name]?.remove(at: position)
      if lines[name]?.isEmpty == true { lines[name] = nil }
      return position == 0 ? lines[name]?.first : nil
    }
    next?.signal.raise()
  }

  /// Wakes the first of the line.
  func wakeFirst(_ name: String) {
    lines.withLock { $0[name]?.first }?.signal.raise()
  }

  /// How many stand in the line.
  func count(_ name: String) -> Int {
    lines.withLock { $0[name]?.count ?? 0 }
  }
}
